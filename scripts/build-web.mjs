// Builds packages/web into packages/web/dist, when what it is made of has changed since the last build.
//   node scripts/build-web.mjs          --force builds it in any case
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const WEB = join(ROOT, 'packages', 'web');
/** What the last build was made of. Not a file of the site: its ending is none that is served. */
const STAMP = join(WEB, 'dist', '.made-of');

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Contents, not dates: a clone or a checkout changes every date. */
function fingerprint() {
  const files = [
    ...filesUnder(join(WEB, 'src')),
    ...filesUnder(join(WEB, 'public')),
    ...filesUnder(join(ROOT, 'packages', 'contract', 'src')),
    ...['index.html', 'vite.config.mjs', 'package.json'].map((name) => join(WEB, name)),
    join(ROOT, 'package-lock.json'),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

// Whoever asks for the build: what is served is always made for use, never for development.
process.env.NODE_ENV = 'production';

const madeOf = fingerprint();
const isCurrent = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === madeOf;
if (!isCurrent || process.argv.includes('--force')) {
  process.stderr.write('Construction des écrans…\n');
  await build({ root: WEB, configFile: join(WEB, 'vite.config.mjs') });
  writeFileSync(STAMP, madeOf);
}
