/** An invented person, as one of several inputs has it. */
export interface GoldenPerson {
  readonly unique_id: number;
  readonly source: string;
  readonly first_name: string | null;
  readonly surname: string | null;
  readonly dob: string | null;
  readonly city: string | null;
  readonly email: string | null;
  readonly truth: number;
}

export const GOLDEN_COLUMNS = ['first_name', 'surname', 'dob', 'city', 'email'] as const;

const FIRST_NAMES = ['ALICE', 'JEAN', 'JEANNE', 'ÉLODIE', 'ELODIE', 'KARIM', 'NOÉ', 'MARIE-LOU', 'MARIE', 'THÉO', 'INÈS', 'LUCAS'];
const SURNAMES = ['MARTIN', 'MARTINEZ', 'MARTY', 'DUPONT', 'DUPOND', "O'BRIEN", 'LE GALL', 'LEGALL', 'NGUYEN', 'DA SILVA', 'MOREL', 'MAUREL'];
const CITIES = ['PAU', 'PARIS', 'PARIS', 'PARIS', 'LYON', 'LYON', 'NICE', 'BREST'];
const SOURCES = ['site_b', 'site_a', 'site_c'];

/**
 * The people of the golden files: always the same, by a generator of its own, so that figures measured once in another
 * engine hold. About three records a person, with typing errors, missing values, accents and a quote.
 * Change nothing here without measuring anew (`bench/linkage-splink.ts golden`).
 */
export function goldenPeople(count = 400): readonly GoldenPerson[] {
  const draw = generator(20260801);
  const pick = (values: readonly string[]): string => values[draw(values.length)] ?? '';
  const people: GoldenPerson[] = [];
  for (let truth = 0; people.length < count; truth++) {
    const first = pick(FIRST_NAMES);
    const surname = pick(SURNAMES);
    const dob = `${1998 + draw(9)}-${twoDigits(1 + draw(12))}-${twoDigits(1 + draw(28))}`;
    const city = pick(CITIES);
    const copies = 1 + draw(5);
    for (let copy = 0; copy < copies && people.length < count; copy++) {
      const id = people.length;
      people.push({
        // Numbers whose order as text is another.
        unique_id: (id * 37) % 401,
        source: SOURCES[id % SOURCES.length] ?? '',
        first_name: withErrors(first, draw),
        surname: withErrors(surname, draw),
        dob: draw(12) === 0 ? null : draw(9) === 0 ? `${dob.slice(0, 9)}${draw(10)}` : dob,
        city: draw(5) === 0 ? null : draw(6) === 0 ? pick(CITIES) : city,
        email: draw(3) === 0 ? null : `${withErrors(first, draw) ?? ''}.${surname}@exemple${draw(2)}.fr`.toLowerCase(),
        truth,
      });
    }
  }
  return people;
}

/** Numbers below `limit`, the same on every machine (Lehmer's generator). */
function generator(seed: number): (limit: number) => number {
  let state = seed % 2147483647;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

function withErrors(text: string, draw: (limit: number) => number): string | null {
  const place = draw(text.length - 1);
  switch (draw(14)) {
    case 0:
      return null;
    case 1:
      return text.slice(0, place) + text.slice(place + 1);
    case 2:
      return `${text.slice(0, place)}${text[place + 1] ?? ''}${text[place] ?? ''}${text.slice(place + 2)}`;
    case 3:
      return `${text.slice(0, place)}X${text.slice(place + 1)}`;
    default:
      return text;
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
