import { IdentifierTypeLabels, type Litige, type LitigeRecord } from '@raccroche/contract';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';

/** How a value stands beside the first one. */
export type Standing = 'reference' | 'same' | 'differs' | 'absent';

export interface Cell {
  /** Its column. */
  readonly key: string;
  readonly text: string;
  readonly standing: Standing;
  /** Of a value that differs: what of it is not in the first one. */
  readonly parts: readonly { readonly key: string; readonly text: string; readonly differs: boolean }[];
}

const SEXES = { F: 'féminin', M: 'masculin' } as const;
const NOTHING = '—';

/** `onlyIfTold`: left out when no record tells it. */
interface Field {
  readonly label: string;
  readonly read: (record: LitigeRecord) => string | null;
  readonly onlyIfTold?: true;
}
/** In the order in which one compares people. */
const FIELDS: readonly Field[] = [
  { label: 'Nom', read: ({ familyName }) => familyName },
  { label: 'Nom d’usage', read: ({ usageName }) => usageName, onlyIfTold: true },
  { label: 'Prénoms', read: ({ firstNames }) => firstNames.join(', ') || null },
  { label: 'Sexe', read: ({ sex }) => sex && SEXES[sex] },
  { label: 'Naissance', read: ({ birthDate }) => shortDate(birthDate) },
  { label: 'Lieu de naissance', read: ({ birthPlace }) => birthPlace },
  { label: 'Commune', read: ({ commune }) => commune, onlyIfTold: true },
  { label: 'Établissement', read: ({ school }) => school, onlyIfTold: true },
  { label: 'Jusqu’au', read: ({ lastDay }) => lastDay && shortDate(lastDay), onlyIfTold: true },
  { label: 'Décès', read: ({ diedOn }) => diedOn && shortDate(diedOn), onlyIfTold: true },
];

/** Case and accents do not make a difference. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();

/** What lies between a common beginning and a common end. */
function partsOf(text: string, reference: string): Cell['parts'] {
  const [own, other] = [[...text], [...reference]];
  const alike = (one: string | undefined, two: string | undefined) =>
    one !== undefined && two !== undefined && plain(one) === plain(two);
  let start = 0;
  while (alike(own[start], other[start])) start += 1;
  let end = 0;
  const room = Math.min(own.length, other.length) - start;
  while (end < room && alike(own[own.length - 1 - end], other[other.length - 1 - end])) end += 1;
  return [
    { key: 'before', text: own.slice(0, start).join(''), differs: false },
    { key: 'other', text: own.slice(start, own.length - end).join(''), differs: true },
    { key: 'after', text: own.slice(own.length - end).join(''), differs: false },
  ].filter((part) => part.text !== '');
}

function cellOf(key: string, text: string | null, reference: string | null | undefined): Cell {
  const parts = [{ key: 'whole', text: text ?? NOTHING, differs: false }];
  if (text === null) return { key, text: NOTHING, standing: 'absent', parts };
  if (reference === undefined || reference === null) return { key, text, standing: 'reference', parts };
  if (plain(text) === plain(reference)) return { key, text, standing: 'same', parts };
  return { key, text, standing: 'differs', parts: partsOf(text, reference) };
}

export interface FieldLine {
  readonly label: string;
  readonly cells: readonly Cell[];
}

/** A record with its column. */
export interface Column {
  readonly key: string;
  readonly record: LitigeRecord;
}

/** The records of both sides, the first side first. */
export const columnsOf = ({ sides }: Litige): readonly Column[] =>
  (sides ?? []).flatMap(({ number, records }) =>
    records.map((record, index) => ({ key: `${number} ${index}`, record })),
  );

/** One line a kind of identifier: two kinds never contradict each other. */
function identifierFields(columns: readonly Column[]): Field[] {
  const kinds = columns.flatMap(({ record }) => record.identifiers.map((one) => one.split(' ')[0] ?? ''));
  return [...new Set(kinds)].sort().map((kind) => ({
    label: capital((IdentifierTypeLabels as Readonly<Record<string, string>>)[kind] ?? kind),
    read: ({ identifiers }) => {
      const own = identifiers.find((one) => one.startsWith(`${kind} `));
      return own === undefined ? null : `…${own.slice(kind.length + 1)}`;
    },
  }));
}

/** One line a field; each value is held against the first that is told. */
export function fieldLines(columns: readonly Column[]): FieldLine[] {
  return [...FIELDS, ...identifierFields(columns)].flatMap(({ label, read, onlyIfTold }) => {
    const values = columns.map(({ record }) => read(record));
    if (onlyIfTold && values.every((value) => value === null)) return [];
    const first = values.findIndex((value) => value !== null);
    return [
      {
        label,
        cells: columns.map(({ key }, index) =>
          cellOf(key, values[index] ?? null, index <= first ? undefined : values[first]),
        ),
      },
    ];
  });
}
