/** An import, and the rule that must (or, without one, must not) speak when it is there. */
export interface WallCase {
  readonly rule?: string;
  readonly from: string;
  /** A file of the fixture, or `npm:<package>`, `node:<module>`, `missing:<specifier>`. */
  readonly to: string;
  readonly typeOnly?: boolean;
}

const SRC = 'packages/server/src';
const module = (name: string, file = 'index.ts') => `${SRC}/modules/${name}/${file}`;

/** For each module: one that it may see and one that it may not, told apart from the configuration on purpose. */
const MODULE_NEIGHBOURS: readonly (readonly [name: string, seen: string | undefined, unseen: string])[] = [
  ['audit', undefined, 'access'],
  ['access', 'audit', 'jobs'],
  ['jobs', 'access', 'privacy'],
  ['privacy', 'jobs', 'sources'],
  ['sources', 'privacy', 'linkage'],
  ['partners', 'sources', 'linkage'],
  ['linkage', 'sources', 'eligibility'],
  ['eligibility', 'linkage', 'lists'],
  ['lists', 'eligibility', 'cases'],
  ['cases', 'lists', 'contacts'],
  ['contacts', 'cases', 'solutions'],
  ['solutions', 'cases', 'contacts'],
  ['followup', 'solutions', 'indicators'],
  ['indicators', 'followup', 'network'],
  ['network', 'access', 'lists'],
];

const packageCases: readonly WallCase[] = [
  { rule: 'contract-only-zod', from: 'packages/contract/src/disk.ts', to: 'node:fs' },
  { rule: 'contract-only-zod', from: 'packages/contract/src/pad.ts', to: 'npm:left-pad' },
  { rule: 'contract-knows-nobody', from: 'packages/contract/src/up.ts', to: 'packages/linkage/src/index.ts' },
  {
    rule: 'contract-knows-nobody',
    from: 'packages/contract/src/up.test.ts',
    to: 'packages/server/src/index.ts',
  },
  { rule: 'linkage-stands-alone', from: 'packages/linkage/src/a.ts', to: 'packages/contract/src/index.ts' },
  { rule: 'linkage-only-duckdb', from: 'packages/linkage/src/b.ts', to: 'npm:left-pad' },
  { rule: 'linkage-report-only-echarts', from: 'packages/linkage/src/report/b.ts', to: 'npm:left-pad' },
  { rule: 'linkage-cli-only-commander', from: 'packages/linkage/src/cli/b.ts', to: 'npm:left-pad' },
  {
    rule: 'synthetic-only-contract',
    from: 'packages/synthetic/src/a.ts',
    to: 'packages/server/src/index.ts',
  },
  {
    rule: 'synthetic-only-contract',
    from: 'packages/synthetic/src/b.ts',
    to: 'packages/linkage/src/index.ts',
  },
  { rule: 'web-only-contract', from: 'packages/web/src/a.tsx', to: 'packages/server/src/index.ts' },
  { rule: 'web-only-contract', from: 'packages/web/journeys/a.ts', to: 'packages/synthetic/src/index.ts' },
  { rule: 'web-runs-in-a-browser', from: 'packages/web/src/disk.tsx', to: 'node:fs' },
  { rule: 'nobody-sees-web', from: `${SRC}/app/look.ts`, to: 'packages/web/src/index.ts' },
  {
    rule: 'synthetic-only-from-app',
    from: module('sources', 'fake.ts'),
    to: 'packages/synthetic/src/index.ts',
  },
  {
    rule: 'synthetic-only-from-app',
    from: `${SRC}/platform/web/fake.ts`,
    to: 'packages/synthetic/src/index.ts',
  },
  { rule: 'packages-by-their-face', from: `${SRC}/app/deep.ts`, to: 'packages/contract/src/vocabulary.ts' },
];

const serverCases: readonly WallCase[] = [
  { rule: 'kernel-knows-nobody', from: `${SRC}/kernel/a.ts`, to: 'packages/contract/src/index.ts' },
  { rule: 'kernel-knows-nobody', from: `${SRC}/kernel/b.ts`, to: `${SRC}/platform/duckdb/database.ts` },
  { rule: 'platform-knows-no-module', from: `${SRC}/platform/web/a.ts`, to: module('sources') },
  {
    rule: 'platform-knows-no-module',
    from: `${SRC}/platform/web/b.ts`,
    to: module('sources', 'tables.ts'),
    typeOnly: true,
  },
  {
    rule: 'platform-knows-no-module',
    from: `${SRC}/platform/web/linked.ts`,
    to: 'packages/linkage/src/index.ts',
  },
  { rule: 'duckdb-runs-as-linkage-does', from: `${SRC}/platform/duckdb/a.ts`, to: module('sources') },
  { rule: 'app-is-the-top', from: module('lists', 'up.ts'), to: `${SRC}/app/wiring.ts` },
  { rule: 'app-is-the-top', from: 'packages/synthetic/src/c.ts', to: `${SRC}/app/wiring.ts` },
  { rule: 'duckdb-behind-platform', from: module('sources', 'engine.ts'), to: 'npm:@duckdb/node-api' },
  { rule: 'postgres-behind-platform', from: module('cases', 'engine.ts'), to: 'npm:pg' },
  { rule: 'mail-behind-platform', from: module('contacts', 'mail.ts'), to: 'npm:nodemailer' },
  { rule: 'network-behind-platform', from: module('sources', 'call.ts'), to: 'node:https' },
  { rule: 'network-behind-platform', from: 'packages/linkage/src/call.ts', to: 'node:net' },
  { rule: 'modules-by-their-face', from: module('lists', 'deep.ts'), to: module('sources', 'tables.ts') },
  {
    rule: 'modules-by-their-face',
    from: module('lists', 'deep-type.ts'),
    to: module('sources', 'tables.ts'),
    typeOnly: true,
  },
  {
    rule: 'module-tests-by-face-or-tables',
    from: module('lists', 'deep.duck.test.ts'),
    to: module('sources', 'reader.ts'),
  },
  {
    rule: 'module-tests-by-face-or-tables',
    from: module('lists', 'testing/world.ts'),
    to: module('sources', 'reader.ts'),
  },
  { rule: 'module-has-a-place', from: `${SRC}/app/new.ts`, to: module('brandnew') },
];

const generalCases: readonly WallCase[] = [
  { rule: 'no-circular', from: `${SRC}/app/ring-a.ts`, to: `${SRC}/app/ring-b.ts`, typeOnly: true },
  { rule: 'not-to-unresolvable', from: `${SRC}/app/lost.ts`, to: 'missing:./nowhere.ts' },
  { rule: 'not-to-test', from: `${SRC}/app/uses-test.ts`, to: `${SRC}/app/some.test.ts` },
  { rule: 'not-to-test', from: `${SRC}/app/uses-testing.ts`, to: 'packages/server/src/testing/people.ts' },
  { rule: 'not-to-dev-dependency', from: `${SRC}/app/tool.ts`, to: 'npm:left-pad' },
];

/** Imports that must raise the rule beside them. */
export const FORBIDDEN: readonly WallCase[] = [
  ...packageCases,
  ...serverCases,
  ...generalCases,
  ...MODULE_NEIGHBOURS.map(([name, , unseen]) => ({
    rule: `module-order-${name}`,
    from: module(name, `sees-${unseen}.ts`),
    to: module(unseen),
  })),
];

/** Imports without which a case would not be one: a ring has two halves, and is told once. */
export const COMPLETING: readonly WallCase[] = [{ from: `${SRC}/app/ring-b.ts`, to: `${SRC}/app/ring-a.ts` }];

/** Imports that good code makes: no rule may speak. */
export const ALLOWED: readonly WallCase[] = [
  { from: 'packages/web/src/b.tsx', to: 'packages/contract/src/index.ts' },
  { from: 'packages/contract/src/schema.ts', to: 'npm:zod' },
  { from: 'packages/contract/src/schema.test.ts', to: 'node:fs' },
  { from: 'packages/linkage/src/engine.ts', to: 'npm:@duckdb/node-api' },
  { from: 'packages/linkage/src/report/draws.ts', to: 'npm:echarts' },
  { from: 'packages/linkage/src/cli/reads.ts', to: 'npm:commander' },
  { from: 'packages/synthetic/src/words.ts', to: 'packages/contract/src/index.ts' },
  { from: `${SRC}/app/demo.ts`, to: 'packages/synthetic/src/index.ts' },
  { from: `${SRC}/app/wires.ts`, to: module('lists') },
  { from: `${SRC}/platform/web/good.ts`, to: `${SRC}/kernel/clock.ts` },
  { from: `${SRC}/platform/web/labels.ts`, to: 'packages/contract/src/index.ts' },
  { from: `${SRC}/platform/http/server.ts`, to: 'node:http' },
  { from: `${SRC}/platform/postgres/client.ts`, to: 'npm:pg' },
  { from: `${SRC}/platform/mail/client.ts`, to: 'npm:nodemailer' },
  { from: `${SRC}/platform/duckdb/client.ts`, to: 'npm:@duckdb/node-api' },
  { from: `${SRC}/platform/duckdb/statements.ts`, to: 'packages/linkage/src/index.ts' },
  { from: module('lists', 'testing/tables.ts'), to: module('sources', 'tables.ts') },
  { from: module('lists', 'inside.ts'), to: module('lists', 'tables.ts') },
  { from: module('linkage', 'core-of-it.ts'), to: 'packages/linkage/src/index.ts' },
  ...MODULE_NEIGHBOURS.flatMap(([name, seen]) =>
    seen === undefined ? [] : [{ from: module(name, `sees-${seen}.ts`), to: module(seen) }],
  ),
];

/** A file that nothing imports and that imports nothing. */
export const ORPHAN = `${SRC}/app/forgotten.ts`;
