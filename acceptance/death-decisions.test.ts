import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digest, printed, raccroche } from './command-line.ts';

/**
 * What people decide of deaths, month after month, through the command line: Léa, whose death INSEE surely tells; Paul, whom
 * a death resembles that is born elsewhere; Marc, of whom nothing is told.
 */
const root = mkdtempSync(join(tmpdir(), 'death-decisions-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const COLUMNS =
  'identifiant_source;ine;nom_famille;prenom1;sexe;date_naissance;commune_naissance;adresse;code_postal;portable;uai;annee_scolaire;statut;mef;date_debut;date_fin;motif_fin';
const left = (month: string, index: number, ine: string, who: string) =>
  `${month}-${index};${ine};${who};1 rue ${index};33000;063998000${index};0951099D;2024-2025;scolaire;2472000811;2024-09-02;2025-05-02;demission`;
const PEOPLE = [
  ['250000001AA', 'Lefèvre;Léa;F;2008-03-14;33063'],
  ['250000002BB', 'Durand;Paul;M;2007-06-02;33063'],
  ['250000003CC', 'Moreau;Marc;M;2006-11-05;33063'],
] as const;

const dead = (names: string, sex: string, birth: string, place: string, died = '20250612') =>
  `${names.padEnd(80)}${sex}${birth}${place}${'BORDEAUX'.padEnd(30)}${' '.repeat(30)}${died}33063000000001`.padEnd(
    198,
  );
const LEA = dead('LEFEVRE*LEA MARIE/', '2', '20080314', '33063');
const PAUL = dead('DURAND*PAUL/', '1', '20070602', '64445');
const STRANGER = dead('HENRY*LUC/', '1', '20070909', '64445', '20250803');

/** A month: the school numbers its lines anew; `deaths` are the files of INSEE. */
function deliver(month: string, deaths: readonly (readonly string[])[]): string {
  const folder = join(root, `recus-${month}`);
  mkdirSync(folder);
  const people = month === 'octobre' ? PEOPLE : PEOPLE.toReversed();
  const lines = people.map(([ine, who], index) => left(month, index, ine, who));
  writeFileSync(join(folder, 'inscriptions.csv'), `${[COLUMNS, ...lines].join('\n')}\n`);
  for (const [index, file] of deaths.entries()) {
    writeFileSync(join(folder, `deces-${index}.txt`), `${file.join('\n')}\n`);
  }
  return folder;
}

const Result = z.looseObject({
  deceased: z.number(),
  deathsToCheck: z.number(),
  decisions: z.object({ given: z.number(), applied: z.number() }).nullable(),
});
function run(deliveries: string, out: string, ...more: readonly string[]): z.infer<typeof Result> {
  return printed(
    Result,
    raccroche(
      ...['campaign', 'run', '--deliveries', deliveries, '--as-of', '2025-11-15', '--rules', 'no-diploma'],
      ...['--registry', join(root, 'registre'), '--out', join(root, out), '--allow-missing', 'all', '--json'],
      ...more,
    ),
  );
}

const ROWS = z.array(z.record(z.string(), z.string()));
const readCsv = (out: string, file: string) =>
  ROWS.parse(
    parse(readFileSync(join(root, out, 'litiges', file), 'utf8'), {
      columns: true,
      delimiter: ';',
      bom: true,
    }),
  );
const questionsOf = (out: string) => readCsv(out, 'a-trancher.csv');
const effectsOf = (out: string) => readCsv(out, 'decisions.csv');
const explain = (out: string, id: string) =>
  raccroche('campaign', 'explain', '--person', id, '--campaign', join(root, out)).stdout.replace(/\s+/g, ' ');
const List = z.object({
  entries: z.array(
    z.object({ familyName: z.string(), flags: z.array(z.string()), phones: z.array(z.string()) }),
  ),
});
/** Whom the list holds: `Durand?` for somebody flagged and without a telephone. */
const listed = (out: string) =>
  List.parse(JSON.parse(readFileSync(join(root, out, 'lists', '33', 'liste-33.json'), 'utf8'))).entries.map(
    ({ familyName, flags, phones }) =>
      `${familyName}${flags.includes('death_to_check') ? '?' : ''}${phones.length === 0 ? '' : '☎'}`,
  );

type Answer = readonly [siei1: string, siei2: string, decision: string];
function decide(name: string, ...answers: readonly Answer[]): readonly ['--decisions', string] {
  const path = join(root, `${name}.csv`);
  const lines = answers.map((answer) => `${answer.join(';')};2025-11-20;référent PSAD;famille jointe`);
  writeFileSync(path, `siei_1;siei_2;decision;date_decision;role;motif\r\n${lines.join('\r\n')}\r\n`);
  return ['--decisions', path];
}

let november = '';
let paul: readonly [string, string];
let lea: readonly [string, string];
beforeAll(() => {
  expect(run(deliver('octobre', [[LEA, PAUL]]), 'octobre')).toMatchObject({ deceased: 1, deathsToCheck: 1 });
  november = deliver('novembre', [
    [STRANGER, PAUL],
    [STRANGER, LEA, PAUL],
  ]);
  const [question] = questionsOf('octobre');
  paul = [question?.siei_1 ?? '', question?.siei_2 ?? ''];
  const dossier = explain('octobre', '250000001AA');
  lea = [/SIEI (\w{12})/.exec(dossier)?.[1] ?? '', /code (DECES-\w{12})/.exec(dossier)?.[1] ?? ''];
});

describe('a doubtful death', () => {
  it('is asked, by a number and a code, and by no name', () => {
    expect(questionsOf('octobre')).toMatchObject([
      {
        siei_1: expect.stringMatching(/^\w{12}$/) as string,
        siei_2: expect.stringMatching(/^DECES-\w{12}$/) as string,
        litige: 'death',
      },
    ]);
    expect(readFileSync(join(root, 'octobre', 'litiges', 'a-trancher.csv'), 'utf8')).not.toMatch(
      /durand|2007/i,
    );
    expect(explain('octobre', paul[1])).toContain(`code ${paul[1]}`);
  });

  it('not decided, is asked under the same number and code the month after, whatever files tell it', () => {
    run(november, 'novembre');
    expect(questionsOf('novembre').map(({ siei_1, siei_2 }) => [siei_1, siei_2])).toEqual([paul]);
  });

  it.each([
    ['meme_personne', ['Moreau☎'], { deceased: 2, deathsToCheck: 0 }, 'ce décès est le sien'],
    [
      'personnes_differentes',
      ['Durand☎', 'Moreau☎'],
      { deceased: 1, deathsToCheck: 0 },
      'ce décès n’est pas le sien',
    ],
    ['indecis', ['Durand?', 'Moreau☎'], { deceased: 1, deathsToCheck: 1 }, 'indécis'],
  ] as const)('%s: done, told, and not asked again', (word, list, counts, told) => {
    const result = run(november, word, ...decide(word, [...paul, word]));
    expect(result).toMatchObject({ ...counts, decisions: { given: 1, applied: 1 } });
    expect(listed(word)).toEqual(list);
    expect(questionsOf(word)).toEqual([]);
    expect(effectsOf(word)).toMatchObject([
      { siei_1: paul[0], siei_2: paul[1], decision: word, effet: 'appliquee' },
    ]);
    expect(explain(word, paul[0])).toContain(`Décidé le 20/11/2025 (référent PSAD) : ${told}`);
    expect(raccroche('campaign', 'verify', join(root, word)).code).toBe(0);
  });

  it('decided with its sides exchanged is decided all the same, and withdrawn is asked again', () => {
    run(november, 'echange', ...decide('echange', [paul[1].toLowerCase(), paul[0], 'meme_personne']));
    expect(listed('echange')).toEqual(['Moreau☎']);
    run(november, 'retire', ...decide('retire'));
    const { 'litiges/decisions.csv': _effects, ...withdrawn } = digest(join(root, 'retire'));
    const lists = Object.entries(withdrawn).filter(([path]) => /^(lists|litiges)/.test(path));
    expect(lists).toEqual(
      Object.entries(digest(join(root, 'novembre'))).filter(([path]) => /^(lists|litiges)/.test(path)),
    );
  });
});

describe('a sure death', () => {
  it('is taken back by a line written by hand from what explain prints', () => {
    const result = run(november, 'lea', ...decide('lea', [...lea, 'personnes_differentes']));
    expect(result).toMatchObject({ deceased: 0, deathsToCheck: 1, decisions: { given: 1, applied: 1 } });
    expect(listed('lea')).toEqual(['Durand?', 'Lefèvre☎', 'Moreau☎']);
    expect(explain('lea', lea[0])).toContain('Écarté : quelqu’un a décidé que ce n’est pas son décès');
    expect(questionsOf('lea').map(({ siei_1 }) => siei_1)).toEqual([paul[0]]);
  });

  it('undecided, is one to check', () => {
    run(november, 'lea-indecis', ...decide('lea-indecis', [...lea, 'indecis']));
    expect(listed('lea-indecis')).toEqual(['Durand?', 'Lefèvre?', 'Moreau☎']);
  });
});

describe('a decision that cannot hold', () => {
  it('is told: contradicted, of a number that nobody knows', () => {
    const marc = /SIEI (\w{12})/.exec(explain('octobre', '250000003CC'))?.[1] ?? '';
    const result = run(
      november,
      'contraires',
      ...decide(
        'contraires',
        [...paul, 'meme_personne'],
        [...paul, 'personnes_differentes'],
        [...lea, 'meme_personne'],
        [marc, lea[1], 'meme_personne'],
        ['AAAAAAAAAAAA', paul[1], 'meme_personne'],
      ),
    );
    expect(result).toMatchObject({ deceased: 1, deathsToCheck: 1, decisions: { given: 5, applied: 0 } });
    expect(effectsOf('contraires').map(({ effet }) => effet)).toEqual([
      ...['contredite', 'contredite', 'contredite', 'contredite'],
      'numero_inconnu',
    ]);
    expect(effectsOf('contraires')[3]?.message).toContain('ligne 4');
  });

  it('is without object when the files no longer tell the death', () => {
    const december = deliver('decembre', [[STRANGER]]);
    run(december, 'decembre', ...decide('decembre', [...paul, 'meme_personne']));
    expect(effectsOf('decembre').map(({ effet }) => effet)).toEqual(['sans_objet']);
    expect(explain('decembre', paul[0])).toContain('ou le décès n’y est pas');
    expect(listed('decembre')).toEqual(['Durand☎', 'Lefèvre☎', 'Moreau☎']);
  });

  it('is refused when it names two deaths, or a code without its prefix', () => {
    for (const [side, code] of [
      [paul[1], 'decision_deux_deces'],
      [paul[1].slice('DECES-'.length), 'decision_numero_faux'],
    ] as const) {
      const said = raccroche(
        ...[
          'campaign',
          'run',
          '--deliveries',
          november,
          '--as-of',
          '2025-11-15',
          '--out',
          join(root, 'refus'),
        ],
        ...decide('refus', [side, lea[1], 'indecis']),
      );
      expect(said.code).toBe(4);
      expect(said.stderr).toContain(code);
    }
  });
});
