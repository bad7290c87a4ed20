import { openText } from '../opening/open-text.ts';
import { type DeathRow, FileRejection, type Reader } from '../reader.ts';

/** Where the fields stand, from 0, end excluded. Source: INSEE, description of the « fichier des personnes décédées ». */
const FIELDS = {
  names: [0, 80],
  sex: [80, 81],
  birthDate: [81, 89],
  birthPlace: [89, 94],
  deathDate: [154, 162],
} as const satisfies Record<keyof DeathRow, readonly [number, number]>;

/** What cannot stand elsewhere by chance: names, then a sex and a date at their places. */
const SHAPE = /^[^*\r\n]{1,79}\*[^\r\n]{0,79}[12][0-9]{8}/;
const SEX_AND_BIRTH = /^[12][0-9]{8}$/;
const LINES_LOOKED_AT = 20;
/** A line that never ends is none of a text. */
const LONGEST_LINE = 10_000;

/** True when most of the first lines of a text are deaths: one bad line does not hide the others. */
export function looksLikeDeaths(head: string): boolean {
  const lines = head.split(/\r\n|\n|\r/, LINES_LOOKED_AT).filter((line) => line.trim() !== '');
  const shaped = lines.filter((line) => SHAPE.test(line) && findFields(line) !== undefined);
  return shaped.length > 0 && shaped.length * 2 >= lines.length;
}

/** INSEE's public file of deaths: fixed width, no header, one person a line. Source: formats §10. */
export const inseeDeathsReader: Reader = {
  kind: 'insee-deces',
  async read({ bytes }, sink) {
    const { text } = await openText(bytes, sink);
    let line = 0;
    let rows = 0;
    const take = (content: string): void => {
      line++;
      if (content.trim() === '') return;
      rows++;
      const fields = findFields(content);
      if (fields === undefined) sink.reject(String(line), 'deces_largeur_fixe');
      else sink.death(String(line), fields);
    };
    let open = '';
    for await (const chunk of text()) {
      open = takeLines(open + chunk, take);
      if (open.length > LONGEST_LINE) throw new FileRejection('fichier_tronque');
      await sink.drained();
    }
    if (open !== '') take(open);
    if (rows === 0) throw new FileRejection('fichier_vide');
  },
};

/** Gives every whole line of `text` to `take`; what is left is the beginning of the next. */
function takeLines(text: string, take: (line: string) => void): string {
  let from = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    take(text.slice(from, text[end - 1] === '\r' ? end - 1 : end));
    from = end + 1;
  }
  return text.slice(from);
}

/**
 * The fields of a line; undefined when they are not at their places. Widths are those of characters or, in a text that
 * was converted after it was padded, of bytes.
 */
function findFields(line: string): DeathRow | undefined {
  if (isAligned(line)) return fieldsOf(line);
  const bytes = Buffer.from(line, 'utf8').toString('latin1');
  if (bytes.length === line.length || !isAligned(bytes)) return undefined;
  const fields = fieldsOf(bytes);
  return { ...fields, names: Buffer.from(fields.names, 'latin1').toString('utf8') };
}

function isAligned(line: string): boolean {
  return line.length >= FIELDS.deathDate[1] && SEX_AND_BIRTH.test(line.slice(80, 89));
}

function fieldsOf(line: string): DeathRow {
  const field = (name: keyof DeathRow) => line.slice(...FIELDS[name]);
  return {
    names: field('names'),
    sex: field('sex'),
    birthDate: field('birthDate'),
    birthPlace: field('birthPlace'),
    deathDate: field('deathDate'),
  };
}
