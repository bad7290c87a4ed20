import { readFileSync } from 'node:fs';
import { quoteText } from '../../expression/sql-text.ts';
import type { Model } from '../../model/model.ts';
import type { LinkInput } from '../../records/record-tables.ts';
import type { SqlRunner } from '../../runner.ts';
import { type LinkSession, openSession } from '../../session.ts';
import type { SplinkModelFile } from '../model-file.ts';
import { GOLDEN_COLUMNS, goldenPeople } from './golden-people.ts';

/** What Splink made of one model and the people of `goldenPeople`. */
export interface GoldenCase {
  readonly model: SplinkModelFile;
  readonly untrained?: SplinkModelFile;
  readonly training?: readonly string[];
  readonly deterministic?: readonly string[];
  readonly prior?: number;
  readonly columns: readonly string[];
  readonly pairs: number;
  readonly weightTotal: number;
  readonly histogram: Readonly<Record<string, number>>;
  readonly clusters: number;
  readonly rowColumns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Figures measured once by `bench/linkage-splink.ts golden`; `origin` says with what. */
export function goldenCases(): Readonly<Record<'dedupe' | 'link' | 'given', GoldenCase>> {
  const text = readFileSync(new URL('../golden/people.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Record<'dedupe' | 'link' | 'given', GoldenCase> }).cases;
}

/** Opens a session on the people, as one input or as one for each source that the link type joins. */
export async function goldenSession(runner: SqlRunner, model: Model): Promise<LinkSession> {
  const rows = goldenPeople().map((person) => {
    const texts = [person.source, ...GOLDEN_COLUMNS.map((name) => person[name])];
    const values = texts.map((text) => (text === null ? 'NULL' : quoteText(text)));
    return `(${[person.unique_id, ...values, person.truth].join(', ')})`;
  });
  await runner.run(
    `CREATE OR REPLACE TABLE people AS SELECT * FROM (VALUES ${rows.join(', ')})
     v(unique_id, site, ${GOLDEN_COLUMNS.join(', ')}, truth)`,
  );
  return openSession(runner, { inputs: inputsOf(model), model });
}

function inputsOf({ linkType }: Model): readonly LinkInput[] {
  if (linkType === 'dedupe_only') return [{ relation: 'people' }];
  const names = linkType === 'link_only' ? ['site_b', 'site_a'] : ['site_b', 'site_a', 'site_c'];
  return names.map((name) => ({
    name,
    relation: `(SELECT * FROM people WHERE site = ${quoteText(name)})`,
  }));
}
