/** A seeded synthetic population for the linkage benches: French-like skew, and a share of persons recorded twice. */
import { call, column } from '../packages/linkage/src/expression/expression.ts';
import {
  distanceLevel,
  exactLevel,
  nullLevel,
  similarityLevel,
} from '../packages/linkage/src/levels/levels.ts';
import {
  type ComparisonLevel,
  defineModel,
  type Model,
  otherwise,
} from '../packages/linkage/src/model/model.ts';

const SURNAMES = 200_000;
const FIRST_NAMES = 3_000;
const COMMUNES = 30_000;
const BIRTH_DAYS = 6_570;
/** One record in this many is a second one of somebody else, misspelt. */
const TWICE = 10;

/** Of one text: the hash of several values mixes theirs so simply that two draws of one person would go together. */
export const hashOf = (what: string, ...parts: readonly string[]): string =>
  `hash(concat_ws(' ', '${what}', ${parts.join(', ')}))`;

const drawn = (who: string, what: string): string => `((${hashOf(what, who)} % 1000003) / 1000003.0)`;

/** Ranks of a power law, as surnames have it: the first of 200,000 has 0.8 % with the exponent 2.5. */
const rank = (who: string, what: string, of: number, exponent: number) =>
  `floor(${of} * power(${drawn(who, what)}, ${exponent}))::BIGINT`;

const SYLLABLES = `['MA','RI','LE','DU','BER','NAR','PO','LAN','GI','RAU','FON','TE','CHE','VA','LIE','SAN','TO','MOR','EL','BO','NET','CAR','PEN','TI','ROU','SSE','GO','MEZ','DA','VID']`;

/** A pronounceable name for a rank: as different from its neighbours as names are. */
const nameOf = (ranked: string, what: string) =>
  `list_aggregate(list_transform(range(2 + (${hashOf(what, ranked)} % 3)::INTEGER),
    lambda part: ${SYLLABLES}[1 + (${hashOf(what, ranked, 'part')} % 30)::INTEGER]), 'string_agg', '')`;

/** What follows FROM: records `from` + 1 to `to`; `unique_id, nom, prenom, naissance (yyyy-mm-dd), commune`. */
export function populationRelation(from: number, to: number): string {
  const persons = `SELECT i, CASE WHEN i % ${TWICE} = 0 THEN i - 1 - (${hashOf('whom', 'i')} % 8)::BIGINT ELSE i END AS who,
    i % ${TWICE} = 0 AS twice FROM range(${from + 1}, ${to + 1}) t(i)`;
  const ranked = `SELECT *, ${rank('who', 'nom', SURNAMES, 2.5)} AS nom_rank, ${rank('who', 'prenom', FIRST_NAMES, 2)} AS prenom_rank,
    DATE '1995-01-01' + floor(${BIRTH_DAYS} * ${drawn('who', 'naissance')})::INTEGER AS born,
    ${rank('who', 'commune', COMMUNES, 2.5)} AS place, ${hashOf('slip', 'i')} % 8 AS slip FROM (${persons})`;
  const named = `SELECT *, ${nameOf('nom_rank', 'n')} AS nom0, ${nameOf('prenom_rank', 'p')} AS prenom0,
    strftime(born, '%Y-%m-%d') AS born0 FROM (${ranked})`;
  return `(SELECT i AS unique_id,
    CASE WHEN twice AND slip = 0 THEN substr(nom0, 1, 2) || substr(nom0, 4) ELSE nom0 END AS nom,
    CASE WHEN twice AND slip = 1 THEN prenom0 || 'E' WHEN slip = 7 AND i % 50 = 0 THEN NULL ELSE prenom0 END AS prenom,
    CASE WHEN twice AND slip = 2 THEN substr(born0, 1, 8) || lpad((1 + i % 28)::VARCHAR, 2, '0') ELSE born0 END AS naissance,
    CASE WHEN twice AND slip >= 5 THEN '99999' WHEN i % 40 = 3 THEN NULL ELSE lpad(place::VARCHAR, 5, '0') END AS commune
    FROM (${named}))`;
}

const shares = (levels: readonly ComparisonLevel[], m: readonly number[], u: readonly number[]) =>
  levels.map((one, place) =>
    one.isNull ? one : { ...one, m: m[place - 1] ?? 0.01, u: u[place - 1] ?? 0.5 },
  );

const name = (of: string, u: readonly number[]) => ({
  name: of,
  columns: [of],
  levels: shares(
    [
      nullLevel(of),
      exactLevel(of, { termFrequency: true, minimumU: 1e-6 }),
      similarityLevel(of, 'jaro_winkler_similarity', 0.92),
      similarityLevel(of, 'jaro_winkler_similarity', 0.8),
      otherwise(),
    ],
    [0.88, 0.07, 0.03, 0.02],
    u,
  ),
});

/** A French-like sound key: doubled letters, mute endings and a few spellings of one sound. */
const phonetic = [
  ['CHE', 'S'],
  ['AU', 'O'],
  ['SS', 'S'],
  ['TT', 'T'],
  ['IE', 'I'],
  ['Z', 'S'],
].reduce((text, [from = '', to = '']) => call('replace', text, from, to), column('nom_key'));

/** A trained model's shape with fixed parameters: names by frequency, dates by edits, five blocking rules. */
export function populationModel(): Model {
  return defineModel({
    prior: 4e-8,
    derivations: [
      { name: 'nom_key', expression: call('name_key', column('nom')) },
      { name: 'prenom_key', expression: call('name_key', column('prenom')) },
      { name: 'nom_sound', expression: phonetic },
      { name: 'initiale', expression: call('substr', column('prenom_key'), 1, 1) },
      { name: 'annee', expression: call('substr', column('naissance'), 1, 4) },
    ],
    comparisons: [
      name('nom_key', [0.0009, 0.0008, 0.03, 0.9683]),
      name('prenom_key', [0.003, 0.002, 0.04, 0.955]),
      {
        name: 'naissance',
        columns: ['naissance'],
        levels: shares(
          [
            nullLevel('naissance'),
            exactLevel('naissance'),
            distanceLevel('naissance', 'damerau_levenshtein', 1),
            distanceLevel('naissance', 'damerau_levenshtein', 2),
            otherwise(),
          ],
          [0.93, 0.04, 0.02, 0.01],
          [0.00015, 0.003, 0.03, 0.96685],
        ),
      },
      {
        name: 'commune',
        columns: ['commune'],
        levels: shares(
          [nullLevel('commune'), exactLevel('commune', { termFrequency: true, minimumU: 1e-5 }), otherwise()],
          [0.75, 0.25],
          [0.001, 0.999],
        ),
      },
    ],
    blockingRules: [
      'l.nom_key = r.nom_key AND l.naissance = r.naissance',
      'l.naissance = r.naissance AND l.commune = r.commune',
      'l.prenom_key = r.prenom_key AND l.naissance = r.naissance',
      'l.nom_key = r.nom_key AND l.initiale = r.initiale AND l.annee = r.annee',
      'l.nom_sound = r.nom_sound AND l.prenom_key = r.prenom_key AND l.annee = r.annee',
    ],
  });
}

/** Value below which this share of the sorted values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The highest memory of this process so far, in MB. */
export function peakMemoryMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
