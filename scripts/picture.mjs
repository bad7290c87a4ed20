// Draws docs/explication.svg: what `campaign explain` says of one name of the demonstration's lists.
// Run `npm start -- --no-serve` first. Nobody of it is real, and the same demonstration gives the same picture.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(fileURLToPath(import.meta.url), '..', '..');
const CAMPAIGN = join(ROOT, 'demo', 'campagne');
const PICTURE = join(ROOT, 'docs', 'explication.svg');
const LIST = '59';
/** Enough files behind the name to be worth a picture, few enough to fit in it. */
const RECORDS = 4;

const SIZE = 14;
const LINE = 20;
const MARGIN = 24;
/** Width of a character of any monospaced font, as a part of its size. */
const ADVANCE = 0.602;
const COLUMNS_MAX = 104;

/** Long lines go on under their text, as a terminal of that width would show them. */
function wrap(line) {
  const indent = ' '.repeat(line.search(/\S|$/) + 4);
  const lines = [];
  let rest = line;
  while (rest.length > COLUMNS_MAX) {
    const cut = rest.lastIndexOf(' ', COLUMNS_MAX);
    lines.push(rest.slice(0, cut));
    rest = indent + rest.slice(cut + 1);
  }
  return [...lines, rest];
}

function styleOf(line, index) {
  if (index === 0 || /^Sur la liste/.test(line)) return 'strong';
  if (/^(Ce que|Pourquoi|Les conditions)/.test(line)) return 'title';
  return /^ {2}oui/.test(line) ? 'yes' : /^ {4}/.test(line) ? 'soft' : '';
}

function harmless(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function draw(text) {
  const lines = text
    .trimEnd()
    .split('\n')
    .flatMap((line, index) => {
      const style = styleOf(line, index);
      return wrap(line).map((part) => ({ part, style }));
    });
  const width = Math.ceil(COLUMNS_MAX * SIZE * ADVANCE) + 2 * MARGIN;
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.map(
    ({ part, style }, index) =>
      `<text x="${MARGIN}" y="${MARGIN + SIZE + index * LINE}"${style === '' ? '' : ` class="${style}"`}>${harmless(part)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" lang="fr" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="titre">
<title id="titre">Pourquoi une personne (fictive) est sur la liste, d’après raccroche campaign explain</title>
<style>
rect{fill:#f7f8fa;stroke:#c9c9c9}text{font:${SIZE}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1e1e1e;white-space:pre}
.title{font-weight:700;fill:#0a4f8f}.strong{font-weight:700}.soft{fill:#4a4a4a}.yes{fill:#1b5e33}
@media (prefers-color-scheme:dark){rect{fill:#1b1b1d;stroke:#555}text{fill:#f0f0f0}.title{fill:#9cc9f5}.soft{fill:#c4c4c4}.yes{fill:#8fd6a6}}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('\n')}
</svg>
`;
}

const { entries } = JSON.parse(readFileSync(join(CAMPAIGN, 'lists', LIST, `liste-${LIST}.json`), 'utf8'));
const entry = entries.find(({ records, reason }) => records.length === RECORDS && reason === 'left');
const program = join(ROOT, 'packages', 'server', 'bin', 'raccroche.mjs');
const arguments_ = [program, 'campaign', 'explain', '--person', entry.siei, '--campaign', CAMPAIGN];
writeFileSync(PICTURE, draw(execFileSync(process.execPath, arguments_, { encoding: 'utf8' })));
process.stdout.write(`${PICTURE}\n`);
