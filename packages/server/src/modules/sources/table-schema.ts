import type { RowKind } from '@raccroche/contract';
import { type InterchangeColumn, interchangeColumns } from './interchange-columns.ts';

const TITLES = {
  inscriptions: 'Inscriptions en formation',
  diplomes: 'Résultats d’examens et diplômes',
  contrats: 'Contrats en alternance',
  accompagnements: 'Accompagnements et situations',
} as const satisfies Record<RowKind, string>;

const TYPES = {
  text: { type: 'string' },
  date: { type: 'date', format: '%Y-%m-%d' },
  'year-month': { type: 'string' },
  'school-year': { type: 'string' },
  integer: { type: 'integer' },
} as const satisfies Record<InterchangeColumn['type'], object>;

/** Table Schema (Frictionless) of a kind of the interchange format: documentation and validator in one. */
export function tableSchemaOf(kind: RowKind): object {
  return {
    name: `raccroche-${kind}`,
    title: TITLES[kind],
    description: 'CSV en UTF-8, séparateur « ; » ou « , », une ligne d’en-tête dans n’importe quel ordre.',
    version: '1.0.0',
    fields: interchangeColumns(kind).map(({ name, title, type, required, values, pattern, example }) => ({
      name,
      title,
      ...TYPES[type],
      ...(example === '' ? {} : { example }),
      constraints: {
        required,
        ...(values === undefined ? {} : { enum: type === 'integer' ? values.map(Number) : values }),
        ...(pattern === undefined ? {} : { pattern }),
      },
    })),
    primaryKey: 'identifiant_source',
  };
}

/** An empty CSV with the header of a kind, as a spreadsheet opens it. */
export function templateOf(kind: RowKind): string {
  return `\ufeff${interchangeColumns(kind)
    .map(({ name }) => name)
    .join(';')}\r\n`;
}
