// Names in package-lock.json the packages of other platforms that npm left out of it:
//   npm run lock
// npm drops from the lock an optional package that it could not fetch (a mirror that lags behind, an install over
// an older one), then `npm ci` refuses the lock on every machine. The versions are those that the parent asks for
// exactly; what a package runs on stands in its name. A package named so has no hash until npm writes its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = join(import.meta.dirname, '..', 'package-lock.json');
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * What a platform package runs on, told from its name: `binding-linux-arm64-musl`. Throws when the name does not say.
 * `siblings` are the names that stand beside it: where one is for musl, the plain one is for glibc.
 */
function platformOf(name, siblings) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: its name does not tell its platform.`);
  if (os[0] !== 'linux') return { os, cpu };
  if (name.includes('musl')) return { os, cpu, libc: ['musl'] };
  return name.includes('gnu') || siblings.includes(`${name}-musl`)
    ? { os, cpu, libc: ['glibc'] }
    : { os, cpu };
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Adds to `packages` of a lock file the optional packages that it does not name; returns their names. */
function complete(packages) {
  const added = [];
  for (const [path, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const places = [`node_modules/${name}`, `${path}/node_modules/${name}`];
      // A range, or a package that is no platform's, is for npm to resolve.
      if (!EXACT.test(version) || places.some((place) => place in packages)) continue;
      const { os, cpu, libc } = platformOf(name, Object.keys(parent.optionalDependencies));
      packages[places[0]] = {
        version,
        cpu,
        ...(parent.dev ? { dev: true } : {}),
        ...(libc ? { libc } : {}),
        optional: true,
        os,
      };
      added.push(`${name} ${version}`);
    }
  }
  return added;
}

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const added = complete(lock.packages);
if (added.length > 0) {
  const inOrder = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(LOCK, `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`);
}
process.stdout.write(added.length === 0 ? 'The lock is complete.\n' : `Added:\n${added.join('\n')}\n`);
