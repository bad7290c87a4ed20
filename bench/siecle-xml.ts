/**
 * SIECLE XML: how fast the reader is beside the bare parser, whether its memory stays flat, and what the same bytes cost
 * in 5,000 files: for the reader alone, then for the whole intake.
 * `npx tsx bench/siecle-xml.ts [MB of the large file = 200]`. Each measure runs in its own process, so that peaks do not mix.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { loadReferential, readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { openFile } from '../packages/server/src/modules/sources/opening/open-file.ts';
import type { RowSink } from '../packages/server/src/modules/sources/reader.ts';
import { siecleXmlReader } from '../packages/server/src/modules/sources/readers/siecle-xml.ts';
import { recogniseFile } from '../packages/server/src/modules/sources/recognise.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { decodeText } from '../packages/server/src/platform/text/decode.ts';

const MB = 1_000_000;
/** Memory is compared at these sizes and at that of the large file. */
const SMALL_MB = [10, 100] as const;
/** The small file is read so often before memory and time count: code is compiled by then, and the young generation grown. */
const WARMING_RUNS = 5;
const SMALL_FILES = 5_000;

function pupilXml(id: number): string {
  const mef = `2472000${String(id % 10)}110`;
  return `<ELEVE ELEVE_ID="${id}" ELENOET="${id % 10000}">
<ID_NATIONAL>${String(id).padStart(9, '0')}ZZ</ID_NATIONAL><ELENOET>${id % 10000}</ELENOET>
<NOM_DE_FAMILLE>ÉPREUVE ${id}</NOM_DE_FAMILLE><NOM_USAGE></NOM_USAGE><PRENOM>Amélie</PRENOM><PRENOM2>Zoé</PRENOM2>
<DATE_NAISS>12/03/2008</DATE_NAISS><DOUBLEMENT>0</DOUBLEMENT><CODE_PAYS>100</CODE_PAYS>
<CODE_DEPARTEMENT_NAISS>033</CODE_DEPARTEMENT_NAISS><CODE_COMMUNE_INSEE_NAISS>33063</CODE_COMMUNE_INSEE_NAISS>
<CODE_SEXE>2</CODE_SEXE><CODE_MEF>${mef}</CODE_MEF><CODE_STATUT>ST</CODE_STATUT><CODE_REGIME>2</CODE_REGIME>
<DATE_ENTREE>01/09/2025</DATE_ENTREE>
<SCOLARITE_AN_DERNIER><CODE_RNE>0951099D</CODE_RNE><CODE_STRUCTURE>3A</CODE_STRUCTURE><SIGLE>CLG</SIGLE><DENOM_PRINC>ESSAI</DENOM_PRINC></SCOLARITE_AN_DERNIER>
<LIGNE1_ADRESSE>12 rue de l'Essai</LIGNE1_ADRESSE><CODE_POSTAL>33000</CODE_POSTAL><LL_PAYS>FRANCE</LL_PAYS>
<CODE_COMMUNE_INSEE>33063</CODE_COMMUNE_INSEE><TEL_PORTABLE>0600000000</TEL_PORTABLE>
</ELEVE>
`;
}

function structureXml(id: number): string {
  const code = id % 50 === 0 ? 'Inactifs' : `2A${id % 30}`;
  return `<STRUCTURES_ELEVE ELEVE_ID="${id}" ELENOET="${id % 10000}"><STRUCTURE><CODE_STRUCTURE>${code}</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>
<STRUCTURE><CODE_STRUCTURE>GR1</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE>
`;
}

/** Writes a file with `pupils` made-up pupils; returns its bytes. */
function writeSiecle(path: string, firstId: number, pupils: number): number {
  const file = openSync(path, 'w');
  let bytes = 0;
  let pending = `<?xml version="1.0" encoding="ISO-8859-15"?>
<BEE_ELEVES VERSION="2.1"><PARAMETRES><UAJ>0951099D</UAJ><ANNEE_SCOLAIRE>2025</ANNEE_SCOLAIRE><DATE_EXPORT>15/10/2025</DATE_EXPORT></PARAMETRES>
<DONNEES><ELEVES>
`;
  const put = (text: string, force = false): void => {
    pending += text;
    if (!force && pending.length < MB) return;
    bytes += writeSync(file, Buffer.from(pending, 'latin1'));
    pending = '';
  };
  for (let id = firstId; id < firstId + pupils; id++) put(pupilXml(id));
  put('</ELEVES><STRUCTURES>\n');
  for (let id = firstId; id < firstId + pupils; id++) put(structureXml(id));
  put('</STRUCTURES></DONNEES></BEE_ELEVES>\n', true);
  closeSync(file);
  return bytes;
}

async function bareParser(path: string): Promise<number> {
  let elements = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('opentag', () => {
    elements++;
  });
  parser.on('closetag', () => {});
  parser.on('text', () => {});
  const chunks = createReadStream(path, { highWaterMark: 256 * 1024 });
  for await (const text of decodeText(chunks, 'iso-8859-15', 0)) parser.write(text);
  parser.close();
  return elements;
}

async function readWith(paths: readonly string[]): Promise<number> {
  let rows = 0;
  const sink: RowSink = {
    death: () => {},
    row: () => {
      rows++;
    },
    reject: () => {},
    warn: () => {},
    fileWarning: () => {},
    describe: () => {},
    drained: async () => {},
  };
  for (const path of paths) {
    for (const file of await openFile(path)) {
      await recogniseFile(() => file.bytes());
      await siecleXmlReader.read({ bytes: () => file.bytes(), sidecar: {} }, sink);
    }
  }
  return rows;
}

/** The whole intake of one file or of a folder; the referential, of a fixed cost, is loaded before the clock starts. */
async function intake(paths: readonly string[]): Promise<{ seconds: number; counted: number }> {
  const workFolder = mkdtempSync(join(tmpdir(), 'bench-siecle-work-'));
  const database = await openDatabase({ memoryLimit: '1GB', threads: 2, spillFolder: workFolder });
  try {
    await loadReferential(database);
    const start = performance.now();
    const { rows } = await readDeliveries(database, { files: paths, asOf: '2025-11-15', workFolder });
    return { seconds: (performance.now() - start) / 1000, counted: rows };
  } finally {
    database.close();
    rmSync(workFolder, { recursive: true });
  }
}

type Mode = 'bare' | 'reader' | 'intake';

/**
 * What a child process prints: seconds by the clock and of processor, peak resident memory and that of the process before
 * it began, in MB, what it counted.
 * The peak is that of its whole life: growth that the warming would hide stays below what the warming took.
 */
async function measure(mode: string, target: string, warming: string): Promise<void> {
  const paths = statSync(target).isDirectory()
    ? readdirSync(target).map((name) => join(target, name))
    : [target];
  const parse = mode === 'bare' ? ([path = '']: readonly string[]) => bareParser(path) : readWith;
  for (let run = 0; mode !== 'intake' && run < WARMING_RUNS; run++) await parse([warming]);
  const base = process.memoryUsage.rss() / 1024 / 1024;
  const start = performance.now();
  const processor = process.cpuUsage();
  let told = { seconds: 0, counted: 0 };
  if (mode === 'intake') told = await intake(paths);
  else {
    const counted = await parse(paths);
    told = { seconds: (performance.now() - start) / 1000, counted };
  }
  const { user, system } = process.cpuUsage(processor);
  process.stdout.write(
    `${told.seconds} ${(user + system) / 1e6} ${process.resourceUsage().maxRSS / 1024} ${base} ${told.counted}\n`,
  );
}

interface Measure {
  /** MB a second. */
  readonly speed: number;
  /** MB a second of processor: what a busy machine changes least. */
  readonly processorSpeed: number;
  /** MB. */
  readonly peak: number;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function runOnce(mode: Mode, target: string, bytes: number, warming: string): Measure {
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), mode, target, warming],
    {
      encoding: 'utf8',
    },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  const [seconds = 0, processor = 0, peak = 0, base = 0, counted = 0] = child.stdout
    .trim()
    .split(' ')
    .map(Number);
  const speed = bytes / MB / seconds;
  say(
    `  ${mode.padEnd(7)} ${speed.toFixed(1).padStart(6)} MB/s  ${seconds.toFixed(2).padStart(7)} s (processor ${processor.toFixed(2)})  peak ${peak.toFixed(0).padStart(4)} MB, ${base.toFixed(0)} before  ${counted} counted`,
  );
  return { speed, processorSpeed: bytes / MB / processor, peak };
}

const NOTHING: Measure = { speed: 0, processorSpeed: 0, peak: 0 };

interface Target {
  readonly path: string;
  readonly bytes: number;
  /** File to read before. */
  readonly warming: string;
}

/** The modes in turn, so that a busy spell of the machine weighs on all alike; of each the fastest and the highest peak. */
function run(modes: readonly Mode[], target: Target, runs: number): Record<Mode, Measure> {
  const best: Record<Mode, Measure> = {
    bare: NOTHING,
    reader: NOTHING,
    intake: NOTHING,
  };
  for (let index = 0; index < runs; index++) {
    for (const mode of modes) {
      const { speed, processorSpeed, peak } = runOnce(mode, target.path, target.bytes, target.warming);
      best[mode] = {
        speed: Math.max(speed, best[mode].speed),
        processorSpeed: Math.max(processorSpeed, best[mode].processorSpeed),
        peak: Math.max(peak, best[mode].peak),
      };
    }
  }
  return best;
}

function writeMany(folder: string, pupils: number): number {
  const each = Math.max(1, Math.round(pupils / SMALL_FILES));
  let bytes = 0;
  for (let index = 0; index < SMALL_FILES; index++) {
    bytes += writeSiecle(join(folder, `${index}.xml`), 1_000_000 + index * each, each);
  }
  return bytes;
}

const ALL: readonly Mode[] = ['bare', 'reader', 'intake'];
/** Beyond so many MB one run is enough: what disturbs a run of a minute evens out. */
const REPEATED_UP_TO_MB = 300;

function main(largeMb: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-siecle-'));
  try {
    const pupilBytes = pupilXml(1_000_000).length + structureXml(1_000_000).length;
    const runs = largeMb > REPEATED_UP_TO_MB ? 1 : 3;
    const warming = join(folder, `${SMALL_MB[0]}.xml`);
    const oneFile = (mb: number, times: number): Record<Mode, Measure> => {
      const path = join(folder, `${mb}.xml`);
      const bytes = writeSiecle(path, 1_000_000, Math.round((mb * MB) / pupilBytes));
      say(`${(bytes / MB).toFixed(0)} MB in one file`);
      return run(ALL, { path, bytes, warming }, times);
    };
    const small = SMALL_MB.map((mb) => oneFile(mb, 3));
    const large = oneFile(largeMb, runs);
    const folderOfMany = mkdtempSync(join(folder, 'many-'));
    const bytes = writeMany(folderOfMany, (largeMb * MB) / pupilBytes);
    say(`${(bytes / MB).toFixed(0)} MB in ${SMALL_FILES} files`);
    const many = run(['reader', 'intake'], { path: folderOfMany, bytes, warming }, runs);
    const ratio = (value: number, of: number): string => (value / of).toFixed(2);
    say(
      `reader, speed against the bare parser: ${ratio(large.reader.speed, large.bare.speed)} (goal: 0.5 or more), processor ${ratio(large.reader.processorSpeed, large.bare.processorSpeed)}`,
    );
    for (const [index, mb] of SMALL_MB.entries()) {
      say(
        `reader, peak memory at ${largeMb} MB against ${mb} MB: ${ratio(large.reader.peak, small[index]?.reader.peak ?? 0)}`,
      );
    }
    say(
      `reader, time of one MB in small files against one file: ${ratio(large.reader.speed, many.reader.speed)} (goal: 1.5 or less), processor ${ratio(large.reader.processorSpeed, many.reader.processorSpeed)}`,
    );
    say(
      `intake, the same: ${ratio(large.intake.speed, many.intake.speed)}, processor ${ratio(large.intake.processorSpeed, many.intake.processorSpeed)}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [mode = '200', target, warming = ''] = process.argv.slice(2);
if (target === undefined) main(Number(mode));
else await measure(mode, target, warming);
