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
    ...tableSchema(`raccroche-${kind}`, TITLES[kind], interchangeColumns(kind)),
    primaryKey: 'identifiant_source',
  };
}

/** Table Schema of a CSV that people write. */
export function tableSchema(name: string, title: string, columns: readonly InterchangeColumn[]): object {
  return {
    name,
    title,
    description: 'CSV en UTF-8, séparateur « ; » ou « , », une ligne d’en-tête dans n’importe quel ordre.',
    version: '1.0.0',
    fields: columns.map(({ type, required, values, pattern, example, ...column }) => ({
      name: column.name,
      title: column.title,
      ...TYPES[type],
      ...(example === '' ? {} : { example }),
      constraints: {
        required,
        ...(values === undefined ? {} : { enum: type === 'integer' ? values.map(Number) : values }),
        ...(pattern === undefined ? {} : { pattern }),
      },
    })),
  };
}

/** An empty CSV with the header of a kind, as a spreadsheet opens it. */
export function templateOf(kind: RowKind): string {
  return csvTemplate(interchangeColumns(kind));
}

/** An empty CSV with the header of these columns. */
export function csvTemplate(columns: readonly InterchangeColumn[]): string {
  return `\ufeff${columns.map(({ name }) => name).join(';')}\r\n`;
}
