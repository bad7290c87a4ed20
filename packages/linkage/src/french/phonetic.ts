import { call, type Expression, type Operand } from '../expression/expression.ts';

/** One rewriting of a name towards its sound. */
export interface PhoneticRule {
  /** Regular expression that RE2 and JavaScript read alike; replaced everywhere. */
  readonly find: string;
  /** `\1` is the first group. */
  readonly put: string;
  readonly about: string;
}

const rule = (find: string, put: string, about: string): PhoneticRule => ({ find, put, about });

/**
 * From spelling to sound, in order, over capitals without accents. Capitals are letters still to be read, small letters are
 * sounds already settled: c (ch), e (eu), g (hard), j (soft g), w (ou), y (yod), 1 (in), 2 (an), 3 (on). Lenient on purpose: names
 * reach it after equality and Jaro–Winkler, to bring together what is said alike and written far apart (THIBAULT, TIBO).
 * The cedilla is lost with the accents, so FRANÇOIS has a rule of its own.
 */
export const PHONETIC_RULES: readonly PhoneticRule[] = [
  rule('[^A-Z]', '', 'blanks (LE GALL, LEGALL); other alphabets are not read'),
  rule('PH', 'F', 'Philippe, Filippe'),
  rule('FRANCOI', 'FRANSOI', 'the lost cedilla'),
  rule('CH([RLN])', 'K\\1', 'Christophe, Cristophe'),
  rule('SCH|SH|CH', 'c', 'Charles; Schmitt'),
  rule('H', '', 'silent elsewhere: Mathieu, Hugo'),
  rule('W', 'V', 'Walter, Valter'),
  rule('C([EIY])', 'S\\1', 'Cécile, Sésile'),
  rule('QU|CK|[CQ]', 'K', 'Quentin, Kentin; Nicolas, Nikola'),
  rule('NK$', 'N', 'Leblanc'),
  rule('GN', 'NI', 'Montagnier, Montanier'),
  rule('GE([AOU])', 'j\\1', 'Georges, Jorge'),
  rule('GG?U([EIY])', 'g\\1', 'Guy, Guillaume'),
  rule('G([EIY])', 'j\\1', 'Gérard, Jérard'),
  rule('G', 'g', 'Gabriel'),
  rule('JE([AOU])', 'j\\1', 'Jean, Gean'),
  rule('J', 'j', 'Julie'),
  rule('BV', 'V', 'Lefebvre, Lefèvre'),
  rule('Z', 'S', 'Zoé; s between vowels is not told from z'),
  rule('([AEOU])ILL?([AEIOUY]|$)', '\\1y\\2', 'Maillard, Mireille, Corneil'),
  rule('([AOU])Y([AEIOU])', '\\1y\\2', 'Mayard, Boyer'),
  rule('BB+', 'B', 'one of two'),
  rule('DD+', 'D', 'one of two'),
  rule('FF+', 'F', 'Joffre, Jofre'),
  rule('KK+', 'K', 'Zacquart, Zaquart'),
  rule('LL+', 'L', 'Danielle, Danièle'),
  rule('MM+', 'M', 'one of two'),
  rule('NN+', 'N', 'Anne, Ane'),
  rule('PP+', 'P', 'Philippe, Philipe'),
  rule('RR+', 'R', 'Pierre, Piere'),
  rule('SS+', 'S', 'Rousseau, Rouseau'),
  rule('TT+', 'T', 'Matthieu, Mathieu'),
  rule('E?AUL([DTX])', 'O\\1', 'Thibault, Gaultier'),
  rule('E?AU', 'O', 'Paul; Rousseau, Rousso'),
  rule('OU', 'w', 'Louis'),
  rule('O[IY]', 'wA', 'Benoît; Leroy, Leroi'),
  rule('OEU|EU', 'e', 'Mathieu; Lebœuf'),
  rule('[IY]EN$', 'I1', 'Bastien'),
  rule('(?:AI|EI|I|Y|U)[NM]([^AEIOUYNMwey]|$)', '1\\1', 'Martin, Germain, Lebrun'),
  rule('[AE][NM]([^AEIOUYNMwey]|$)', '2\\1', 'Quentin, Kantin; Laurent, Lauran'),
  rule('O[NM]([^AEIOUYNMwey]|$)', '3\\1', 'Dupont, Beaumont'),
  rule('ER$', 'E', 'Roger, Rogé'),
  rule('[DTXS]+$', '', 'silent at the end: Dupont, Dupond; Nicolas'),
  rule('E+$', '', 'silent, or an accent that was lost: Andrée, André'),
  rule('AI|EI|AY|EY', 'E', 'Madeleine, Madelaine'),
  rule('Y', 'I', 'Henry, Henri'),
  rule('II+|IE', 'I', 'Marie, Mari; Montagnier'),
  rule('EE+', 'E', 'one of two'),
];

/**
 * How a normalised French name sounds, in capitals and digits; NULL when nothing of it can be read. The table is the
 * definition: SQL and twin both walk through it.
 */
export function frenchPhonetic(name: Operand): Expression {
  const sound = PHONETIC_RULES.reduce<Operand>(
    (sofar, { find, put }) => call('regexp_replace', sofar, find, put, 'g'),
    name,
  );
  return call('nullif', call('upper', sound), '');
}
