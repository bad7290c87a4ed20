import { columnsOf, type Expression } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import type { LinkSession } from '../session.ts';

/** Something that two records can share: a column, its beginning, a part of a date. Candidate rules combine them. */
export interface KeyAtom {
  readonly label: string;
  readonly columns: readonly string[];
  /** Columns of the input behind them: a rule never combines two atoms of one. */
  readonly origins: readonly string[];
  /** SQL of the key for the record called `record`. */
  sql(record: string): string;
  /** The column holds a list: one shared element is enough. */
  readonly list?: true;
  /** Shared by too many to block by it alone. */
  readonly coarse?: true;
}

/** Atoms at most: their agreement on a pair is kept as bits of one number. */
const MOST_ATOMS = 52;
const PREFIX = 4;
const VOWELS = '[AEIOUYaeiouy .-]';

/** Atoms of all columns that a model compares, and of pairs of columns that it compares crosswise; in a fixed order. */
export async function keyAtoms(session: LinkSession, model: Model): Promise<readonly KeyAtom[]> {
  const { runner, records } = session;
  const described = await runner.all(`DESCRIBE SELECT * FROM ${records}`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  const columns = comparedColumns(model).filter((column) => types.has(column));
  const byColumn: Draft[][] = [];
  for (const column of columns) {
    const type = types.get(column) ?? '';
    if (type.endsWith('[]')) byColumn.push([{ ...whole(column), list: true }]);
    else if (type === 'VARCHAR') byColumn.push([...(await textAtoms(session, column))]);
    else if (/INT|DATE|BOOLEAN/.test(type)) byColumn.push([whole(column)]);
  }
  const crossed = crossedColumns(model).filter((pair) =>
    pair.every((column) => types.get(column) === 'VARCHAR'),
  );
  const atoms = [...crossed.map(eitherWay), ...byColumn.flat()];
  const origins = new Map(model.derivations.map(({ name, expression }) => [name, columnsOf(expression)]));
  return atoms
    .slice(0, MOST_ATOMS)
    .map((atom) => ({ ...atom, origins: atom.columns.flatMap((column) => origins.get(column) ?? [column]) }));
}

type Draft = Omit<KeyAtom, 'origins'>;

function whole(column: string): Draft {
  return { label: column, columns: [column], sql: (record) => `${record}.${quoteName(column)}` };
}

function part(column: string, label: string, of: (value: string) => string, coarse?: true): Draft {
  const sql = (record: string) => of(`${record}.${quoteName(column)}`);
  return {
    label: `${label} of ${column}`,
    columns: [column],
    sql,
    ...(coarse === undefined ? {} : { coarse }),
  };
}

async function textAtoms({ runner, records }: LinkSession, column: string): Promise<readonly Draft[]> {
  const name = quoteName(column);
  const [row] = await runner.all(`SELECT coalesce(avg(length(${name})), 0) AS length,
    coalesce(avg(regexp_full_match(${name}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')::INTEGER), 0) AS dates FROM ${records}`);
  if (Number(row?.dates) > 0.5) {
    return [
      whole(column),
      part(column, 'year', (value) => `substr(${value}, 1, 4)`),
      part(column, 'month and day', (value) => `substr(${value}, 6, 5)`),
      part(column, 'year and month', (value) => `substr(${value}, 1, 7)`),
    ];
  }
  if (Number(row?.length) < PREFIX) return [whole(column)];
  return [
    whole(column),
    part(column, `first ${PREFIX} characters`, (value) => `substr(${value}, 1, ${PREFIX})`),
    part(column, 'first letter and consonants', skeleton),
    part(column, 'first letter', (value) => `substr(${value}, 1, 1)`, true),
  ];
}

/** Survives most misspelt vowels, doubled letters apart. */
function skeleton(value: string): string {
  return `(substr(${value}, 1, 1) || regexp_replace(substr(${value}, 2), '${VOWELS}', '', 'g'))`;
}

function eitherWay([a, b]: readonly [string, string]): Draft {
  const sql = (record: string) => {
    const [x, y] = [`${record}.${quoteName(a)}`, `${record}.${quoteName(b)}`];
    // least() ignores NULL: a single name is no key.
    return `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN least(${x}, ${y}) || ' ' || greatest(${x}, ${y}) END`;
  };
  return { label: `${a} and ${b} in either order`, columns: [a, b], sql };
}

/** Pairs of columns of which one record's is compared with the other's. */
function crossedColumns(model: Model): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  const visit = (expression: Expression): void => {
    if (expression.kind !== 'call') return;
    const [a, b] = expression.args;
    if (a?.kind === 'column' && b?.kind === 'column') {
      const [x, y] = columnsOf(expression)
        .map((name) => name.replace(/_[lr]$/, ''))
        .sort();
      const sides = new Set([a, b].map(({ name }) => name.slice(-2)));
      if (x !== undefined && y !== undefined && x !== y && sides.has('_l') && sides.has('_r'))
        found.set(`${x} ${y}`, [x, y]);
    }
    for (const arg of expression.args) visit(arg);
  };
  for (const { levels } of model.comparisons) {
    for (const { condition } of levels) if (condition !== undefined) visit(condition);
  }
  return [...found.values()];
}

/** A rule that wants every atom equal. */
export function ruleOf(atoms: readonly KeyAtom[]): BlockingRule {
  const explode = atoms.filter(({ list }) => list === true).flatMap(({ columns }) => columns);
  const sql = atoms.map((atom) => `${atom.sql('l')} = ${atom.sql('r')}`).join(' AND ');
  return { sql, ...(explode.length === 0 ? {} : { explode }) };
}

/** Whether two records agree on an atom, as SQL: true, false or NULL. */
export function agreementSql(atom: KeyAtom): string {
  const [l, r] = [atom.sql('l'), atom.sql('r')];
  return atom.list === true ? `list_has_any(${l}, ${r})` : `(${l} = ${r})`;
}
