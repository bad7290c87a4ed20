import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digest, printed, raccroche, type Said } from './command-line.ts';

/** What people decide of litiges, given back month after month through the command line. */

const root = mkdtempSync(join(tmpdir(), 'decisions-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const RESULT = z.looseObject({
  persons: z.number(),
  litiges: z.number(),
  decisions: z.object({ given: z.number(), applied: z.number() }).nullable(),
});
const ROWS = z.array(z.record(z.string(), z.string()));
const readCsv = (path: string) =>
  ROWS.parse(parse(readFileSync(path, 'utf8'), { columns: true, delimiter: ';', bom: true }));

interface Pupil {
  readonly ine: string;
  readonly family: string;
  readonly first: string;
  readonly birth: string;
  readonly uai: string;
}

/** Two homonyms with an INE each, and two who share an INE and nothing else: a litige each. */
const HOMONYMS: readonly [Pupil, Pupil] = [
  { ine: '250000001AA', family: 'VERDOUX', first: 'Hélène', birth: '2007-05-09', uai: '0590001F' },
  { ine: '250000002BB', family: 'VERDOUX', first: 'Hélène', birth: '2007-05-09', uai: '0590002G' },
];
const SHARED_INE: readonly [Pupil, Pupil] = [
  { ine: '250000003CC', family: 'LHOSTIER', first: 'Paul', birth: '2007-01-02', uai: '0590001F' },
  { ine: '250000003CC', family: 'GASPARIN', first: 'Zoé', birth: '2006-11-30', uai: '0590002G' },
];
const BYSTANDER = {
  ine: '250000004DD',
  family: 'KERMADEC',
  first: 'Yann',
  birth: '2007-03-03',
  uai: '0590001F',
};
const EVERYBODY = [...HOMONYMS, ...SHARED_INE, BYSTANDER];

/** Each school sends its file, numbering its lines as it likes that month. */
function deliver(month: string, pupils: readonly Pupil[], left: string): string {
  const folder = join(root, `recus-${month}`);
  mkdirSync(folder, { recursive: true });
  const header =
    'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';
  for (const uai of new Set(pupils.map((pupil) => pupil.uai))) {
    const lines = pupils
      .filter((pupil) => pupil.uai === uai)
      .map(
        ({ ine, family, first, birth }, index) =>
          `${month}-${index};${ine};${family};${first};${birth};${uai};2025-2026;scolaire;2025-09-01;${left}`,
      );
    writeFileSync(join(folder, `${uai}.csv`), `${[header, ...lines].join('\r\n')}\r\n`);
  }
  return folder;
}

function run(deliveries: string, out: string, ...more: readonly string[]): Said {
  return raccroche(
    ...['campaign', 'run', '--deliveries', deliveries, '--as-of', '2025-12-15', '--allow-missing', 'all'],
    ...['--registry', join(root, 'registre'), '--out', join(root, out), '--json', ...more],
  );
}

const questionsOf = (out: string) => readCsv(join(root, out, 'litiges', 'a-trancher.csv'));
const effectsOf = (out: string) => readCsv(join(root, out, 'litiges', 'decisions.csv'));
const explain = (out: string, id: string) =>
  raccroche('campaign', 'explain', '--person', id, '--campaign', join(root, out)).stdout;

type Answer = readonly [siei1: string, siei2: string, decision: string];
function decide(name: string, answers: readonly Answer[]): string {
  const path = join(root, name);
  const lines = answers.map((answer) => `${answer.join(';')};2025-11-20;référent PSAD;vérifié par téléphone`);
  writeFileSync(path, `siei_1;siei_2;decision;date_decision;role;motif\r\n${lines.join('\r\n')}\r\n`);
  return path;
}

let october = '';
let november = '';
let homonyms: readonly [string, string];
let sharedIne: readonly [string, string];
beforeAll(() => {
  october = deliver('octobre', EVERYBODY, '2025-10-10');
  november = deliver('novembre', [...EVERYBODY].reverse(), '2025-11-14');
  expect(run(october, 'octobre').code).toBe(0);
  const pair = (reason: string): readonly [string, string] => {
    const row = questionsOf('octobre').find(({ litige }) => litige === reason);
    return [row?.siei_1 ?? '', row?.siei_2 ?? ''];
  };
  homonyms = pair('two_identifiers');
  sharedIne = pair('identifier_disagrees');
});

describe('litiges', () => {
  it('are asked in a file that names nobody', () => {
    const text = readFileSync(join(root, 'octobre', 'litiges', 'a-trancher.csv'), 'utf8');
    expect(questionsOf('octobre')).toHaveLength(2);
    expect(text).not.toMatch(/VERDOUX|LHOSTIER|2500000/);
  });

  it('left unanswered in the file change nothing', () => {
    const given = join(root, 'octobre', 'litiges', 'a-trancher.csv');
    const result = printed(RESULT, run(october, 'sans-reponse', '--decisions', given));
    expect(result).toMatchObject({ persons: 5, litiges: 2, decisions: { given: 0, applied: 0 } });
  });
});

describe('decisions', () => {
  const answers = (): readonly Answer[] => [
    [...homonyms, 'meme_personne'],
    [...sharedIne, 'personnes_differentes'],
  ];

  it('join and part, and are not asked again, in the month and in the next one, whose rows have other ids', () => {
    const file = decide('reponses.csv', answers());
    for (const [folder, out] of [
      [october, 'octobre-decide'],
      [november, 'novembre-decide'],
    ] as const) {
      const result = printed(RESULT, run(folder, out, '--decisions', file));
      expect(result).toMatchObject({ persons: 4, litiges: 0, decisions: { given: 2, applied: 2 } });
      expect(questionsOf(out)).toEqual([]);
      expect(effectsOf(out).map(({ effet }) => effet)).toEqual(['appliquee', 'appliquee']);
    }
  });

  it('give the same bytes again, whatever the order of the lines but for their numbers', () => {
    const file = decide('reponses.csv', answers());
    expect(run(november, 'novembre-encore', '--decisions', file).code).toBe(0);
    expect(digest(join(root, 'novembre-encore'))).toEqual(digest(join(root, 'novembre-decide')));
    const shuffled = decide('melangees.csv', [...answers()].reverse());
    expect(run(november, 'novembre-melange', '--decisions', shuffled).code).toBe(0);
    const lists = (out: string) =>
      Object.entries(digest(join(root, out))).filter(
        ([path]) => path.startsWith('lists') || /members/.test(path),
      );
    expect(lists('novembre-melange')).toEqual(lists('novembre-decide'));
  });

  it('are told by explain, with their date', () => {
    expect(explain('novembre-decide', homonyms[0])).toContain(
      'Décidé le 20/11/2025 (référent PSAD) : une seule personne',
    );
    expect(explain('novembre-decide', sharedIne[1])).toContain('deux personnes différentes');
    expect(explain('novembre-decide', sharedIne[1])).toContain('Motif : vérifié par téléphone.');
  });

  it('once withdrawn, are asked again', () => {
    const file = decide('retirees.csv', answers().slice(1));
    const result = printed(RESULT, run(november, 'novembre-retire', '--decisions', file));
    expect(result).toMatchObject({ persons: 5, litiges: 1 });
    const questions = questionsOf('novembre-retire');
    expect(questions.map(({ litige }) => litige)).toEqual(['two_identifiers']);
    // Each has again the number that was theirs before the two were joined, and neither leads to the other.
    expect(questions.flatMap(({ siei_1, siei_2 }) => [siei_1, siei_2])).toEqual([...homonyms]);
    const inesOf = (out: string, siei: string) => {
      const told = explain(out, siei);
      return HOMONYMS.map(({ ine }) => ine).filter((ine) => told.includes(ine));
    };
    for (const siei of homonyms) {
      expect(inesOf('octobre', siei)).toHaveLength(1);
      expect(inesOf('novembre-retire', siei)).toEqual(inesOf('octobre', siei));
    }
  });

  it('that say we cannot know are not asked again, and the doubt stays', () => {
    const file = decide('indecis.csv', [[...sharedIne, 'indecis']]);
    const result = printed(RESULT, run(november, 'novembre-indecis', '--decisions', file));
    expect(result).toMatchObject({ persons: 5, litiges: 2 });
    expect(questionsOf('novembre-indecis').map(({ litige }) => litige)).toEqual(['two_identifiers']);
  });

  it('that contradict each other are told with their lines, and none is applied', () => {
    const file = decide('contraires.csv', [
      [...sharedIne, 'meme_personne'],
      [sharedIne[1], sharedIne[0], 'personnes_differentes'],
      [...homonyms, 'meme_personne'],
    ]);
    const result = printed(RESULT, run(november, 'novembre-contraire', '--decisions', file));
    expect(result).toMatchObject({ persons: 4, litiges: 1, decisions: { given: 3, applied: 1 } });
    const effects = effectsOf('novembre-contraire');
    expect(effects.map(({ effet }) => effet)).toEqual(['contredite', 'contredite', 'appliquee']);
    expect(effects[0]?.message).toContain('ligne 3');
  });

  it('about people who are not there today wait for them', () => {
    const alone = deliver('decembre', [BYSTANDER, SHARED_INE[0]], '2025-12-01');
    const file = decide('reponses.csv', answers());
    const result = printed(RESULT, run(alone, 'decembre', '--decisions', file));
    expect(result).toMatchObject({ persons: 2, decisions: { given: 2, applied: 0 } });
    expect(effectsOf('decembre').map(({ effet }) => effet)).toEqual(['sans_objet', 'sans_objet']);
    const stranger = decide('inconnu.csv', [['AAAAAAAAAAAA', sharedIne[0], 'meme_personne']]);
    run(alone, 'decembre-inconnu', '--decisions', stranger);
    expect(effectsOf('decembre-inconnu').map(({ effet }) => effet)).toEqual(['numero_inconnu']);
  });
});

describe('decisions of the campaign before', () => {
  it('are not given up in silence: the next one asks for them, and writes nothing', () => {
    const said = run(november, 'novembre-oubli', '--previous', join(root, 'octobre-decide'));
    expect(said).toMatchObject({ code: 2 });
    expect(said.stderr).toContain('2 décisions (reponses.csv)');
    expect(existsSync(join(root, 'novembre-oubli'))).toBe(false);
  });
});

describe('a file of decisions that cannot be used', () => {
  it('is refused before anything is read, with the line and the code', () => {
    const path = decide('mauvais.csv', [['AAAAAAAAAAAB', sharedIne[0], 'meme_personne']]);
    const said = run(october, 'mauvais', '--decisions', path);
    expect(said.code).toBe(4);
    expect(said.stderr).toMatch(/ligne 2 : .*decision_numero_faux/);
  });
});
