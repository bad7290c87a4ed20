import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type Listed, writeCampaign } from './test-campaign.ts';
import { ARRAS_COMMUNE, FREE_COMMUNE, LENS_COMMUNE, LILLE_COMMUNE, type TestWorld } from './test-world.ts';

/** Where a list says that somebody lives: a platform of the Pas-de-Calais, no platform there, or one of the Nord. */
const PLACES = {
  lens: { department: '62', commune: LENS_COMMUNE },
  arras: { department: '62', commune: ARRAS_COMMUNE },
  free: { department: '62', commune: FREE_COMMUNE },
  lille: { department: '59', commune: LILLE_COMMUNE },
} as const;

/** Somebody over two months: on which list, what was done in between, what became of the number. */
export interface Life {
  readonly first: keyof typeof PLACES | null;
  readonly second: keyof typeof PLACES | null;
  readonly act: 'none' | 'attempt' | 'closed' | 'handed_over' | 'moved_away';
  /** The list spells the name otherwise in the second month. */
  readonly isRenamed: boolean;
  /** The number becomes that of the next person who keeps theirs. */
  readonly isMerged: boolean;
  /** A question is asked about them and the next person, in the first month, in the second. */
  readonly isAsked: readonly [boolean, boolean];
}

const place = fc.constantFrom('lens', 'arras', 'free', 'lille', null);
/** Enough lives for most combinations to be there. */
export const anyLives: fc.Arbitrary<readonly Life[]> = fc.array(
  fc.record<Life>({
    first: place,
    second: place,
    act: fc.constantFrom('none', 'none', 'attempt', 'closed', 'handed_over', 'moved_away'),
    isRenamed: fc.boolean(),
    isMerged: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    isAsked: fc.tuple(fc.boolean(), fc.boolean()),
  }),
  { minLength: 60, maxLength: 60 },
);

const numberOf = (index: number) => `VARIED${String(index).padStart(4, '0')}AA`;
/** Who is merged is on no list under the former number. */
const secondOf = ({ second, isMerged }: Life) => (isMerged ? null : second);

/** The folder of a campaign of that month. */
export function writeMonth(folder: string, month: 0 | 1, lives: readonly Life[]): string {
  const listed = lives.flatMap((life, index): Listed[] => {
    const where = month === 0 ? life.first : secondOf(life);
    if (where === null) return [];
    const familyName = `${month === 1 && life.isRenamed ? 'AUTRE' : 'NOM'}${index}`;
    return [{ siei: numberOf(index), familyName, firstName: 'Awa', ...PLACES[where] }];
  });
  const campaign = writeCampaign(folder, month === 0 ? '2025-11-15' : '2025-12-15', listed);
  const questions = lives.flatMap(({ isAsked }, index) =>
    isAsked[month] ? [`${numberOf(index)};${numberOf(index + 1)};;;;;look_alike;x;2`] : [],
  );
  addLitiges(campaign, questions);
  return campaign;
}

function addLitiges(campaign: string, questions: readonly string[]): void {
  const path = 'litiges/a-trancher.csv';
  const head = 'siei_1;siei_2;decision;date_decision;role;motif;litige;explication;poids';
  const text = [head, ...questions].map((line) => `${line}\r\n`).join('');
  mkdirSync(join(campaign, 'litiges'));
  writeFileSync(join(campaign, path), text);
  const manifest = JSON.parse(readFileSync(join(campaign, 'manifest.json'), 'utf8')) as { outputs: object[] };
  manifest.outputs.push({
    path,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
  });
  writeFileSync(join(campaign, 'manifest.json'), JSON.stringify(manifest));
}

/** What the second campaign knows of numbers that its lists do not bear. */
export function askOf(lives: readonly Life[]): Parameters<typeof publishCampaign>[2] {
  const keptAfter = (index: number): number =>
    lives[index + 1]?.isMerged ? keptAfter(index + 1) : index + 1;
  return async (_, numbers) => {
    const aliases = lives.flatMap((life, index) =>
      life.isMerged && numbers.includes(numberOf(index))
        ? [{ siei: numberOf(index), current: numberOf(keptAfter(index)) }]
        : [],
    );
    const asked = new Set([...numbers, ...aliases.map(({ current }) => current)]);
    return { aliases, removals: [...asked].map((siei) => ({ siei, reason: 'absent' as const })) };
  };
}

/** No campaign stands behind its lists: of the first of both, only that it is asked about. */
export const detailsOf: Parameters<typeof publishCampaign>[3] = async function* (_, pairs) {
  const records: [] = [];
  yield pairs.map(({ siei1, siei2 }) => ({
    siei1,
    siei2,
    evidence: null,
    sides: [{ number: siei1, listed: true, failedChecks: [], records }],
  }));
};

const CHANGES: Readonly<Record<Exclude<Life['act'], 'none'>, string>> = {
  attempt: 'attempts = attempts + 1',
  closed: "pathway = 'closed', outcome = 'training', closed_by_human = true",
  handed_over: `listed_platform = platform_id, referent = NULL,
    platform_id = (SELECT platform_id FROM access.platforms WHERE code = 'lille'), department = '59'`,
  moved_away: "verification = 'refuted', verification_reason = 'moved'",
};

/** What people do leaves a version and an event in their name; the acts themselves are not what is tested. */
export async function actOn(database: Database, world: TestWorld, lives: readonly Life[]): Promise<void> {
  await database.transaction({}, async (transaction) => {
    for (const act of Object.keys(CHANGES) as (keyof typeof CHANGES)[]) {
      const numbers = lives.flatMap((life, index) => (life.act === act ? [numberOf(index)] : []));
      await transaction.query(
        `WITH changed AS (UPDATE cases.cases SET ${CHANGES[act]}, version = version + 1
           WHERE siei = ANY ($1) AND platform_id IS NOT NULL RETURNING case_id, version)
         INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version)
         SELECT case_id, $2, now(), $3, version FROM changed`,
        [numbers, act, world.ids.paul],
      );
    }
    await transaction.query('SELECT cases.keep_entries_with_cases()');
  });
}

/** Empties what publications and people wrote, so that the same base serves again. */
export const emptyCases = (database: Database) =>
  database.transaction({}, (transaction) =>
    transaction.script(
      'TRUNCATE cases.cases, cases.events, cases.transfers, cases.litiges, lists.published_entries, lists.publications CASCADE',
    ),
  );

/** Who was withdrawn was opened by what was taken back: before it there was no such case. */
const THERE = "c.delisted_reason IS DISTINCT FROM 'withdrawn'";
const STATE: readonly string[] = [
  `SELECT to_jsonb(c) - '{case_id, version}'::TEXT[] AS t FROM cases.cases c WHERE ${THERE}`,
  `SELECT to_jsonb(e) - '{publication_id, former_publication_id}'::TEXT[] || jsonb_build_object('of', p.campaign) AS t
   FROM lists.published_entries e JOIN lists.publications p USING (publication_id)`,
  `SELECT to_jsonb(l) - 'publication_id' || jsonb_build_object('of', p.campaign) AS t
   FROM cases.litiges l JOIN lists.publications p USING (publication_id)`,
  'SELECT to_jsonb(s) AS t FROM cases.litige_sides s',
  `SELECT jsonb_build_array(c.siei, w.word, w.sound, w.place) AS t
   FROM cases.name_words w JOIN cases.cases c USING (case_id) WHERE ${THERE}`,
  `SELECT jsonb_build_array(c.siei, k.phone, k.place) AS t
   FROM cases.phone_keys k JOIN cases.cases c USING (case_id) WHERE ${THERE}`,
];

/** Everything that is so of the cases, without what tells how it came about. */
export async function readState(database: Database): Promise<readonly string[]> {
  return database.transaction({}, async (transaction) => {
    const state: string[] = [];
    for (const sql of STATE)
      state.push(...(await transaction.query<{ t: object }>(sql)).rows.map(({ t }) => JSON.stringify(t)));
    return state.sort();
  });
}

/** What is in one state alone; nothing when they are the same. */
export const differences = (one: readonly string[], other: readonly string[]) => ({
  gone: one.filter((line) => !other.includes(line)),
  new: other.filter((line) => !one.includes(line)),
});
export const NONE = { gone: [], new: [] };
