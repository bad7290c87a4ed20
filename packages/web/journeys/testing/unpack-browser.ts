import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Pinned there: the package itself exports nothing that says its version. */
const { devDependencies } = createRequire(import.meta.url)('../../package.json') as {
  devDependencies: Readonly<Record<string, string>>;
};
const version = devDependencies['@sparticuz/chromium'] ?? 'any';

const FONTS = 'fonts.conf';
/** The one of the package names other places; without a font the browser does not start. */
const fontsConfiguration = (folder: string) =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`;

/** What a browser needs to start: its program, and where it finds its libraries and fonts. */
export interface UnpackedBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Unpacks the Chromium that lies in an npm package, with the libraries and the font that a bare Linux lacks: the C library
 * is all that it asks of the machine. Once a version and user; `CHROMIUM_PATH` names another browser instead.
 */
export async function unpackBrowser(): Promise<UnpackedBrowser> {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) return { executablePath: given, env: {} };
  const folder = join(tmpdir(), `raccroche-chromium-${version}-${userInfo().username}`);
  const whole = join(folder, 'whole');
  if (!existsSync(whole)) {
    const half = `${folder}.${process.pid}`;
    await unpackInto(half);
    // Moved when it is whole: one who was killed half-way, or unpacks at the same time, leaves nothing broken.
    rmSync(folder, { recursive: true, force: true });
    renameSync(half, folder);
    writeFileSync(join(folder, FONTS), fontsConfiguration(folder));
    writeFileSync(whole, '');
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, FONTS) },
  };
}

/** The package unpacks into the system's temporary folder, and its libraries only where it believes to need them. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
