// Writes packages/server/schema.txt, the schema of the platforms' store as the migrations make it; with --check compares.
//   npm run schema
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeStore } from '../packages/server/src/app/store/check-store.ts';
import { openEmbeddedTestStore } from '../packages/server/src/app/testing/test-store.ts';
import { ROOT } from './repository.ts';

const FILE = join(ROOT, 'packages/server/schema.txt');

const database = await openEmbeddedTestStore();
const schema = await describeStore(database);
await database.close();
if (process.argv.includes('--check')) {
  const same = existsSync(FILE) && readFileSync(FILE, 'utf8') === schema;
  process.stdout.write(
    same ? 'schema.txt tells what the migrations make.\n' : 'schema.txt is of another day: npm run schema.\n',
  );
  process.exitCode = same ? 0 : 1;
} else writeFileSync(FILE, schema);
