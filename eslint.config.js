import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What Biome cannot see because it needs types, and the house rules on time, chance and locale.
 * Results must be the same bytes on every machine: nothing may depend on when, where or in which order it runs.
 */
const TIME = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Use the Clock of kernel/clock.ts, or take the date as a parameter.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'Use the Clock of kernel/clock.ts, or take the date as a parameter.',
  },
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'Use the Clock of kernel/clock.ts, or take the date as a parameter.',
  },
  {
    selector: 'MemberExpression[object.name="performance"][property.name="now"]',
    message: 'Use Clock.elapsedMs of kernel/clock.ts.',
  },
  {
    selector: 'MemberExpression[object.name="process"][property.name="hrtime"]',
    message: 'Use Clock.elapsedMs of kernel/clock.ts.',
  },
];

const CHANCE = [
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Use a seeded generator: the same seed must give the same result.',
  },
  {
    selector: 'Identifier[name=/^(randomUUID|randomBytes|randomInt|getRandomValues)$/]',
    message: 'Only a new registry draws a key at random (modules/lists/registry).',
  },
];

const LOCALE = [
  {
    selector: 'MemberExpression[property.name=/^(toLocale|localeCompare)/]',
    message:
      'Depends on the machine. Compare code units (<, >) or normalised keys; write numbers and dates by hand.',
  },
  {
    selector: 'NewExpression[callee.object.name="Intl"][arguments.length=0]',
    message: 'Name the locale: without one the result depends on the machine.',
  },
];

const ban = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules.flat()] });

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      '**/generated/',
      '**/dist/',
      'var/',
      'demo/',
      'coverage/',
      '**/*.{js,cjs,mjs}',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'A campaign opens no connection; network calls live in platform/http.' },
      ],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      ...ban(TIME, CHANCE, LOCALE),
    },
  },
  // A describe block is one function: the cap on the file is enough there (guards/house.test.ts).
  { files: ['**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['packages/server/src/kernel/clock.ts'], rules: ban(CHANCE, LOCALE) },
  { files: ['packages/server/src/modules/lists/registry/**/*.ts'], rules: ban(TIME, LOCALE) },
  // A screen shows the present of whoever looks, asked in one place; and it calls the API, in one place.
  { files: ['packages/web/src/client/clock.ts'], rules: ban(CHANCE, LOCALE) },
  { files: ['packages/web/src/client/request-key.ts'], rules: ban(TIME, LOCALE) },
  { files: ['packages/web/src/client/call.ts'], rules: { 'no-restricted-globals': 'off' } },
  // What lets somebody in is drawn so that nobody can guess it, in one place.
  { files: ['packages/server/src/platform/secrets/**/*.ts'], rules: ban(TIME, LOCALE) },
  // Where the network is reached; the tests drive a browser and a provider of their own.
  {
    files: ['packages/server/src/platform/http/**/*.ts', 'packages/server/src/app/testing/**/*.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  // A bench measures time; what it measures is still drawn from a seed.
  { files: ['bench/**/*.ts', 'packages/*/bench/**/*.ts'], rules: ban(CHANCE, LOCALE) },
);
