import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decisionFileText } from './decision-file.ts';
import { readDecisions } from './read-decisions.ts';

const folder = mkdtempSync(join(tmpdir(), 'decisions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = 'siei_1;siei_2;decision;date_decision;role;motif';
const NUMBER = 'AAAAAAAAAAAA';
const line = (cells: string) => `${HEADER}\r\n${NUMBER};${cells}\r\n`;

async function read(text: string | Buffer) {
  const path = join(folder, 'd.csv');
  writeFileSync(path, text);
  return await readDecisions(path);
}

describe('a file of decisions', () => {
  it('is read line by line; what is not answered, and what the template does not have, is left out', async () => {
    const text = `\ufeffRole;siei_1;litige;siei_2;decision;date_decision;motif\r\n\r\nréférent;aaaa aaaa aaaa;x;${NUMBER};Indecis;20/11/2025;\r\n;${NUMBER};x;${NUMBER};;;\r\n`;
    const { decisions, name } = await read(text);
    expect(name).toBe('d.csv');
    expect(decisions).toEqual([
      {
        line: 3,
        numbers: [NUMBER, NUMBER],
        verdict: 'unknown',
        decidedOn: '2025-11-20',
        role: 'référent',
        reason: '',
      },
    ]);
  });

  it('that the platforms decided is read back as they decided', async () => {
    const told = {
      siei1: NUMBER,
      siei2: NUMBER,
      decidedOn: '2025-11-20',
      role: 'co-responsable',
      reason: 'vus ; ensemble',
    };
    const text = decisionFileText([
      { ...told, verdict: 'same' },
      { ...told, verdict: 'different', reason: '' },
    ]);
    const { decisions } = await read(text);
    expect(decisions).toMatchObject([
      {
        numbers: [NUMBER, NUMBER],
        verdict: 'same',
        decidedOn: '2025-11-20',
        role: 'co-responsable',
        reason: 'vus ; ensemble',
      },
      { verdict: 'different', reason: '' },
    ]);
  });

  it('is read as spreadsheets of here save it: Windows-1252, commas', async () => {
    const text = `${HEADER.replaceAll(';', ',')}\r\n${NUMBER},${NUMBER},meme_personne,2025-11-20,référente,"vu, sûr"\r\n`;
    const { decisions } = await read(Buffer.from(text, 'latin1'));
    expect(decisions[0]).toMatchObject({ role: 'référente', reason: 'vu, sûr' });
  });

  it('with its header alone decides nothing', async () => {
    expect((await read(`${HEADER}\r\n`)).decisions).toEqual([]);
  });

  it.each([
    ['a number miscopied', line('AAAAAAAAAAAB;meme_personne;2025-11-20;référent;'), 'decision_numero_faux'],
    ['another word', line(`${NUMBER};oui;2025-11-20;référent;`), 'decision_hors_liste'],
    ['no such day', line(`${NUMBER};indecis;2025-02-30;référent;`), 'decision_date_illisible'],
    ['nobody’s decision', line(`${NUMBER};indecis;2025-11-20;;`), 'decision_role_absent'],
    ['a novel', line(`${NUMBER};indecis;2025-11-20;référent;${'x'.repeat(201)}`), 'decision_texte_long'],
    ['a line cut short', line(`${NUMBER};indecis`), 'ligne_illisible'],
    ['a column missing', 'siei_1;siei_2;decision;role\r\n', 'colonne_obligatoire_absente'],
    ['a column twice', `${HEADER};role\r\n`, 'colonne_double'],
    ['nothing at all', '', 'fichier_vide'],
  ])('%s: refused, with its code', async (_name, text, code) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'decisions_refused',
      exitCode: 4,
      message: expect.stringContaining(code) as string,
    });
  });

  it('that is not there is a wrong command', async () => {
    await expect(readDecisions(join(folder, 'absent.csv'))).rejects.toMatchObject({ exitCode: 2 });
  });
});
