/** A header without byte order mark, case, accents, quotes and spaces around. */
export function plainHeader(header: string): string {
  return header
    .replace(/^\ufeff/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^["'\s]+|["'\s]+$/g, '');
}

/** A header as the interchange and CFA formats write them: words joined by `_`. */
export function snakeHeader(header: string): string {
  return plainHeader(header).replace(/[\s_-]+/g, '_');
}

/**
 * A French header of FREGATA as its bare words: `Code commune de naissance**` and `Code commune naissance` are one.
 * What stands in brackets (`(jj/mm/aaaa)`), stars, apostrophes and little words are left out.
 */
export function fregataHeader(header: string): string {
  return plainHeader(header)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && word !== 'de' && word !== 'd' && word !== 'du')
    .join(' ');
}
