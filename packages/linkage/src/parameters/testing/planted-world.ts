import type { SqlRunner } from '../../runner.ts';

export interface PlantedWorld {
  /** Records, about half of them a second record of somebody. */
  readonly records: number;
  /** Columns `c0`, `c1`, …: each equal in two records of one person unless an error struck. */
  readonly columns: readonly {
    /** Values drawn from as many, evenly. */
    readonly values: number;
    /** Chance that a second record has another value. */
    readonly error: number;
  }[];
  /** Chance that a person has a second record; 0.5 by default. */
  readonly repeated?: number;
  /** Error of every column in place of its own, for records whose place is odd: two senders. */
  readonly oddError?: number;
}

/**
 * Makes the table `world` (unique_id, person, site, c0, c1, …) with parameters that are known: made in the engine by
 * hashes, always the same. `copies` are columns that repeat another: `copy_c0`.
 */
export async function plantWorld(
  runner: SqlRunner,
  world: PlantedWorld,
  copies: readonly number[] = [],
): Promise<void> {
  // A hash of several values keeps them apart too little: columns would hang together.
  const draw = (salt: string): string => `(md5_number_lower(concat_ws('-', ${salt})) % 1000000007)`;
  const chance = (salt: string): string => `(${draw(salt)} % 1000003) / 1000003.0`;
  const share = world.repeated ?? 0.5;
  const columns = world.columns.map(({ values, error }, index) => {
    const own = `${draw(`person, 'value${index}'`)} % ${values}`;
    const wrong = `${draw(`unique_id, 'wrong${index}'`)} % ${values}`;
    const rate =
      world.oddError === undefined
        ? `${error}`
        : `CASE WHEN site = 'odd' THEN ${world.oddError} ELSE ${error} END`;
    return `CASE WHEN ${chance(`unique_id, 'error${index}'`)} < ${rate} THEN ${wrong} ELSE ${own} END::VARCHAR AS c${index}`;
  });
  await runner.run(
    `CREATE OR REPLACE TABLE world AS SELECT *${copies.map((index) => `, c${index} AS copy_c${index}`).join('')} FROM (
      SELECT unique_id, person, site, ${columns.join(', ')} FROM (
        SELECT (row_number() OVER (ORDER BY person, copy))::INTEGER AS unique_id, person,
          CASE WHEN copy = 1 THEN 'odd' ELSE 'even' END AS site
        FROM (SELECT range AS person FROM range(${Math.round(world.records / (1 + share))})), (SELECT unnest([0, 1]) AS copy)
        WHERE copy = 0 OR ${chance(`person, 'copies'`)} < ${share}))`,
  );
}
