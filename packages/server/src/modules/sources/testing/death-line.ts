/** For tests: somebody dead as INSEE writes them; what is left out is MARTIN LEA, born in Bordeaux on 2008-03-14. */
export interface DeathLine {
  readonly family?: string;
  readonly first?: string;
  readonly sex?: string;
  /** `yyyymmdd` */
  readonly birth?: string;
  readonly place?: string;
  readonly died?: string;
}

/** The 198 characters of a line of INSEE's file of deaths. */
export function deathLine(dead: DeathLine = {}): string {
  const { family = 'MARTIN', first = 'LEA', sex = '2', birth = '20080314' } = dead;
  const { place = '33063', died = '20250901' } = dead;
  const places = `${place.padEnd(5)}${'BORDEAUX'.padEnd(30)}${' '.repeat(30)}`;
  return `${`${family}*${first}/`.padEnd(80)}${sex}${birth}${places}${died}33063123      `.padEnd(198);
}
