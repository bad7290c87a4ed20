// The walls of the house: who may import whom. Types count as imports.
// guards/walls.test.ts breaks each of these rules on purpose and expects to hear its name.

/** Modules of the server from the first to the last: a module sees those before it, never those after. */
const MODULE_ORDER = [
  ['audit'],
  ['access'],
  ['jobs'],
  ['privacy'],
  ['sources'],
  ['partners'],
  ['linkage'],
  ['eligibility'],
  ['lists'],
  ['cases'],
  // Siblings stand on the same step: they do not see each other.
  ['contacts', 'solutions'],
  ['followup'],
  ['indicators', 'network'],
];
/** Beside the others: knows nothing of a person's data. */
const NETWORK_SEES = ['access', 'audit'];

const ALL_MODULES = MODULE_ORDER.flat();
/** Tests, and what only tests use. */
const TEST_FILE = '(\\.test\\.ts$|/testing/)';
const SERVER = '^packages/server/src';
const MODULES = `${SERVER}/modules`;

const oneOf = (names) => `(?:${names.join('|')})`;
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

function modulesSeenBy(name) {
  if (name === 'network') return NETWORK_SEES;
  const step = MODULE_ORDER.findIndex((names) => names.includes(name));
  return MODULE_ORDER.slice(0, step).flat();
}

const moduleRules = ALL_MODULES.map((name) =>
  forbid(
    `module-order-${name}`,
    `${name} may import only the modules before it: ${modulesSeenBy(name).join(', ') || 'none'}.`,
    { path: `${MODULES}/${name}/` },
    { path: `${MODULES}/`, pathNot: `${MODULES}/${oneOf([name, ...modulesSeenBy(name)])}/` },
  ),
);

const packageRules = [
  forbid(
    'contract-only-zod',
    'contract runs everywhere: zod and nothing else, no I/O, no clock.',
    { path: '^packages/contract/src', pathNot: TEST_FILE },
    { pathNot: ['^packages/contract/src', '(^|/)node_modules/zod/'] },
  ),
  forbid(
    'contract-knows-nobody',
    'contract stands under the others, in its tests too.',
    { path: '^packages/contract/' },
    { path: '^packages/(?!contract/)' },
  ),
  forbid(
    'linkage-stands-alone',
    'linkage is usable by anybody who links people: no other package of ours.',
    { path: '^packages/linkage/' },
    { path: '^packages/(?!linkage/)' },
  ),
  forbid(
    'linkage-only-duckdb',
    'The linkage engine depends on the DuckDB client alone; only its report draws charts, only its command line reads one.',
    { path: '^packages/linkage/src/(?!report/|cli/)', pathNot: TEST_FILE },
    { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/@duckdb/' },
  ),
  forbid(
    'linkage-report-only-echarts',
    'The report of linkage draws with one library.',
    { path: '^packages/linkage/src/report/', pathNot: TEST_FILE },
    { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(@duckdb|echarts)/' },
  ),
  forbid(
    'linkage-cli-only-commander',
    'The command line of linkage reads its options with one library.',
    { path: '^packages/linkage/src/cli/', pathNot: TEST_FILE },
    { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(@duckdb|commander)/' },
  ),
  forbid(
    'synthetic-only-contract',
    'synthetic writes what senders write; knowing the readers would make the test agree with itself.',
    { path: '^packages/synthetic/' },
    { path: '^packages/(?!synthetic/|contract/)' },
  ),
  forbid(
    'synthetic-only-from-app',
    'Made-up people enter by the demo command alone, never by a module.',
    { path: `${SERVER}/(?!app/)` },
    { path: '^packages/synthetic/' },
  ),
  forbid(
    'web-only-contract',
    'web runs in a browser: it knows the server by its contract alone.',
    { path: '^packages/web/' },
    { path: '^packages/(?!web/|contract/)' },
  ),
  forbid(
    'web-runs-in-a-browser',
    'A screen uses what a browser has.',
    { path: '^packages/web/src/' },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'nobody-sees-web',
    'The server serves the built files of web and knows nothing else of it.',
    { path: '^packages/(?!web/)' },
    { path: '^packages/web/' },
  ),
  forbid(
    'packages-by-their-face',
    'Import a package by its name: only its index.ts is promised.',
    { path: '^packages/([^/]+)/' },
    { path: '^packages/[^/]+/', pathNot: ['^packages/$1/', '^packages/[^/]+/src/index\\.ts$'] },
  ),
];

const serverRules = [
  forbid(
    'kernel-knows-nobody',
    'kernel stands under everything.',
    { path: `${SERVER}/kernel/` },
    { path: '^packages/', pathNot: `${SERVER}/kernel/` },
  ),
  forbid(
    'platform-knows-no-module',
    'platform may import kernel and contract.',
    { path: `${SERVER}/platform/`, pathNot: `${SERVER}/platform/duckdb/` },
    { path: '^packages/', pathNot: [`${SERVER}/(platform|kernel)/`, '^packages/contract/'] },
  ),
  forbid(
    'duckdb-runs-as-linkage-does',
    'platform/duckdb may import linkage too: both run statements in one way.',
    { path: `${SERVER}/platform/duckdb/` },
    { path: '^packages/', pathNot: [`${SERVER}/(platform|kernel)/`, '^packages/(contract|linkage)/'] },
  ),
  forbid(
    'app-is-the-top',
    'Only app sees everything, and nobody sees app.',
    { path: '^packages/', pathNot: `${SERVER}/app/|^packages/server/bin/` },
    { path: `${SERVER}/app/` },
  ),
  forbid(
    'duckdb-behind-platform',
    'The engine is reached through platform/duckdb: dialect and settings in one place.',
    { path: SERVER, pathNot: `${SERVER}/platform/duckdb/` },
    { path: '(^|/)node_modules/@duckdb/' },
  ),
  forbid(
    'postgres-behind-platform',
    'PostgreSQL is reached through platform/postgres: both engines look the same to everybody else.',
    { path: '^packages/', pathNot: [TEST_FILE, `${SERVER}/platform/postgres/`] },
    { path: '(^|/)node_modules/(pg|pg-boss|pg-copy-streams|@electric-sql)/' },
  ),
  forbid(
    'mail-behind-platform',
    'E-mail leaves by platform/mail: what it costs and what it may load is settled in one place.',
    { path: '^packages/', pathNot: [TEST_FILE, `${SERVER}/platform/mail/`] },
    { path: '(^|/)node_modules/nodemailer/' },
  ),
  forbid(
    'network-behind-platform',
    'A campaign opens no connection; what will need one gets an adapter.',
    { path: '^packages/', pathNot: [TEST_FILE, `${SERVER}/platform/(http|postgres|mail|oidc)/`] },
    { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)', dependencyTypes: ['core'] },
  ),
  forbid(
    'modules-by-their-face',
    'Import another module by its index.ts: the rest is its own business.',
    { path: `${MODULES}/([^/]+)/`, pathNot: TEST_FILE },
    { path: `${MODULES}/[^/]+/`, pathNot: [`${MODULES}/$1/`, `${MODULES}/[^/]+/index\\.ts$`] },
  ),
  forbid(
    'module-tests-by-face-or-tables',
    'A test fills the tables that another module publishes (tables.ts), and knows nothing else of it.',
    { path: `${MODULES}/([^/]+)/.*(\\.test\\.ts$|testing/)` },
    { path: `${MODULES}/[^/]+/`, pathNot: [`${MODULES}/$1/`, `${MODULES}/[^/]+/(index|tables)\\.ts$`] },
  ),
  forbid(
    'module-has-a-place',
    'A new module gets its place in MODULE_ORDER (and in docs/adr) first.',
    { path: SERVER },
    { path: `${MODULES}/(?!${oneOf(ALL_MODULES)}/)` },
  ),
  ...moduleRules,
];

const generalRules = [
  forbid(
    'no-circular',
    'Two files that need each other are one file, or lack a third.',
    {},
    { circular: true },
  ),
  forbid('not-to-unresolvable', 'This import leads nowhere.', {}, { couldNotResolve: true }),
  forbid('not-to-test', 'Code that runs must not need a test.', { pathNot: TEST_FILE }, { path: TEST_FILE }),
  forbid(
    'not-to-dev-dependency',
    'What runs must be a dependency of its package, not a tool of the workshop.',
    { path: '^packages/[^/]+/src/', pathNot: TEST_FILE },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'no-orphans',
    'Nobody imports this file and it imports nobody: it is forgotten, or not wired yet.',
    { orphan: true, path: '^packages/[^/]+/src/', pathNot: [TEST_FILE, '/src/index\\.ts$', '\\.d\\.ts$'] },
    {},
  ),
];

module.exports = {
  forbidden: [...generalRules, ...packageRules, ...serverRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(var|demo|coverage|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
