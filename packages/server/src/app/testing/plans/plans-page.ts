import { indexesOf, type Plan, withoutValues } from './read-plans.ts';

/** The base in which the plans were made. */
interface PlansBase {
  readonly cases: number;
  readonly platforms: number;
  /** Of PostgreSQL. */
  readonly version: string;
}

const FENCE = '```';
const HEADING = /^## (.+)$/;

/** The page of the plans: a heading for each question, then a block for each statement by which it reads cases. */
export function toPage(
  { cases, platforms, version }: PlansBase,
  plans: ReadonlyMap<string, readonly Plan[]>,
): string {
  const many = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const blocks = (all: readonly Plan[]) =>
    all.map(({ plan }) => `\n${FENCE}text\n${withoutValues(plan)}\n${FENCE}\n`).join('');
  const sections = [...plans].map(
    ([name, all]) => `\n## ${name}\n${all.length === 0 ? '\nBy statements told above.\n' : blocks(all)}`,
  );
  return `# How the base reads what the screens ask

Written by \`bench/plans.ts\` on the base of the load test: ${many(cases)} cases, ${many(platforms)} platforms, PostgreSQL ${version} with its defaults.
Each plan is the one of the very statement that the application sends, as \`raccroche_app\` in the session of a caseworker: what row-level
security adds is part of it. A statement that several questions send is told once, under the first. Days, instants and identifiers are left out (…). Planned for the values asked (a custom plan).
\`app/store/plans.store.test.ts\` holds the indexes of a small base against these, on both engines.
${sections.join('')}`;
}

/** By question, the indexes of large tables that each of its statements reads by, as the page tells them. */
export function readCommitted(page: string): ReadonlyMap<string, readonly string[][]> {
  const found = new Map<string, string[][]>();
  let [name, block]: [string, string[] | undefined] = ['', undefined];
  for (const line of page.split('\n')) {
    if (block) {
      if (line === FENCE) {
        found.get(name)?.push(indexesOf(block.join('\n')));
        block = undefined;
      } else block.push(line);
      continue;
    }
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) {
      name = heading;
      found.set(name, []);
    } else if (line.startsWith(FENCE)) block = [];
  }
  return found;
}
