/** A seeded synthetic population for bench/linkage-scale.ts, and the model by which both engines link it. */
import { call, equal, left, literal, right } from '../packages/linkage/src/expression/expression.ts';
import { transposedDateLevel } from '../packages/linkage/src/levels/date-levels.ts';
import {
  distanceLevel,
  exactLevel,
  nullLevel,
  similarityLevel,
} from '../packages/linkage/src/levels/levels.ts';
import {
  type Comparison,
  defineModel,
  level,
  type Model,
  otherwise,
} from '../packages/linkage/src/model/model.ts';

/** Share of the rows that are another record of somebody. */
const TWICE = 0.3;
/** Names and places grow with the population, as a larger territory has more of both: so do the pairs of a rule. */
const SURNAMES_PER_ROW = 0.12;
const COMMUNES_PER_ROW = 0.03;
const FIRST_NAMES = 2_000;
const BIRTH_DAYS = 10_957;

/** Hashed twice: the hash of several values is the XOR of theirs, so that two draws of one person would go together. */
const drawn = (who: string, what: string): string =>
  `((hash(hash(${who}, '${what}')) % 2147483647) / 2147483647.0)`;

/** Rank by a power law: the first of 100,000 has 0.3 % of the persons, as the commonest French surnames have. */
const rank = (who: string, what: string, of: number): string =>
  `floor(${of} * power(${drawn(who, what)}, 2))::BIGINT`;

const SYLLABLES = `['MA','RI','LE','DU','BER','NAR','PO','LAN','GI','RAU','FON','TE','CHE','VA','LIE','SAN','TO','MOR','EL','BO','NET','CAR','PEN','TI','ROU','SSE','GO','MEZ','DA','VID']`;

/** A pronounceable name for a rank. */
const nameOf = (ranked: string, what: string, shortest: number, lengths: number): string =>
  `list_aggregate(list_transform(range(${shortest} + (hash(hash(${ranked}, '${what}')) % ${lengths})::INTEGER),
    lambda part: ${SYLLABLES}[1 + (hash(hash(${ranked}, '${what}', part)) % 30)::INTEGER]), 'string_agg', '')`;

/** One character lost, doubled, replaced, or in its neighbour's place, by the row's number. */
function misspelt(text: string, what: string): string {
  const at = `(2 + (hash(hash(i, '${what}')) % (length(${text}) - 2))::INTEGER)`;
  const [before, here, next, after] = [
    `substr(${text}, 1, ${at} - 1)`,
    `substr(${text}, ${at}, 1)`,
    `substr(${text}, ${at} + 1, 1)`,
    `substr(${text}, ${at} + 2)`,
  ];
  return `CASE hash(hash(i, '${what}', 'how')) % 4 WHEN 0 THEN ${before} || ${next} || ${after}
    WHEN 1 THEN ${before} || ${here} || ${here} || ${next} || ${after}
    WHEN 2 THEN ${before} || chr(65 + (hash(hash(i, '${what}', 'by')) % 26)::INTEGER) || ${next} || ${after}
    ELSE ${before} || ${next} || ${here} || ${after} END`;
}

/**
 * SELECT of `rows` rows: `unique_id`, `nom`, `prenom`, `naissance` (yyyy-mm-dd), `commune`, `postcode`, `email`, `phone`, and
 * `entity`, the truth. Three rows in ten are another record of somebody, with one to three errors.
 */
export function peopleSql(rows: number): string {
  const persons = Math.round(rows * (1 - TWICE));
  const surnames = Math.round(rows * SURNAMES_PER_ROW);
  const communes = Math.round(rows * COMMUNES_PER_ROW);
  // Who a row is, is drawn by its number: other records of somebody stand anywhere in the file.
  const rowsOf = `SELECT i, CASE WHEN i <= ${persons} THEN i ELSE 1 + (hash(hash(i, 'who')) % ${persons})::BIGINT END AS who,
    i > ${persons} AS again, 1 + hash(hash(i, 'errors')) % 3 AS errors FROM range(1, ${rows + 1}) t(i)`;
  const hasError = (kind: number): string =>
    `(again AND (${[1, 2, 3].map((nth) => `(errors >= ${nth} AND hash(hash(i, 'error', ${nth})) % 9 = ${kind})`).join(' OR ')}))`;
  const ranked = `SELECT *, ${rank('who', 'nom', surnames)} AS nom_rank, ${rank('who', 'prenom', FIRST_NAMES)} AS prenom_rank,
    strftime(DATE '1985-01-01' + floor(${BIRTH_DAYS} * ${drawn('who', 'naissance')})::INTEGER, '%Y-%m-%d') AS born,
    CASE WHEN ${hasError(5)} THEN ${rank('i', 'moved', communes)} ELSE ${rank('who', 'commune', communes)} END AS place,
    hash(hash(who, 'phone')) AS line, ${[0, 1, 2, 3, 4, 6, 7, 8].map((kind) => `${hasError(kind)} AS e${kind}`).join(', ')} FROM (${rowsOf})`;
  const named = `SELECT *, ${nameOf('nom_rank', 'n', 3, 3)} AS nom0, ${nameOf('prenom_rank', 'p', 2, 2)} AS prenom0 FROM (${ranked})`;
  const slipped = `SELECT *, CASE WHEN e0 THEN ${misspelt('nom0', 'nom')} ELSE nom0 END AS nom1,
    CASE WHEN e1 THEN ${misspelt('prenom0', 'prenom')} ELSE prenom0 END AS prenom1,
    CASE WHEN e2 THEN substr(born, 1, 5) || substr(born, 9, 2) || '-' || substr(born, 6, 2)
      WHEN e3 THEN substr(born, 1, 9) || (hash(hash(i, 'digit')) % 10)::VARCHAR ELSE born END AS born1,
    lower(prenom0 || '.' || nom0) || (who % 100)::VARCHAR || '@' || ['laposte.test', 'orange.test', 'free.test'][1 + (line % 3)::INTEGER] AS email0,
    '0' || (600000000 + (line // 7) % 200000000)::VARCHAR AS phone0 FROM (${named})`;
  return `SELECT (1 + (i * 7368787) % ${rows})::INTEGER AS unique_id,
    CASE WHEN e6 THEN prenom1 ELSE nom1 END AS nom, CASE WHEN e6 THEN nom1 ELSE prenom1 END AS prenom,
    CASE WHEN e4 AND i % 4 = 0 THEN NULL ELSE born1 END AS naissance,
    CASE WHEN e4 AND i % 4 = 1 THEN NULL ELSE lpad((place + 1)::VARCHAR, 6, '0') END AS commune,
    lpad((place // 3)::VARCHAR, 5, '0') AS postcode,
    CASE WHEN who % 5 < 2 OR e4 AND i % 4 >= 2 THEN NULL WHEN e7 THEN ${misspelt('email0', 'email')} ELSE email0 END AS email,
    CASE WHEN line % 10 < 3 OR e4 AND i % 4 = 2 THEN NULL
      WHEN e8 THEN '0' || (600000000 + hash(hash(i, 'line')) % 200000000)::VARCHAR ELSE phone0 END AS phone,
    who AS entity FROM (${slipped})`;
}

const nameComparison = (of: string): Comparison => ({
  name: of,
  columns: [of],
  levels: [
    nullLevel(of),
    exactLevel(of, { termFrequency: true }),
    similarityLevel(of, 'jaro_winkler_similarity', 0.92),
    similarityLevel(of, 'jaro_winkler_similarity', 0.8),
    otherwise(),
  ],
});

const begins = (of: string, length: number) =>
  level(
    `${of} begins alike (${length})`,
    equal(
      call('substr', left(of), literal(1), literal(length)),
      call('substr', right(of), literal(1), literal(length)),
    ),
  );

/** Six comparisons and six rules, untrained: what both engines are given. */
export function peopleModel(): Model {
  return defineModel({
    comparisons: [
      nameComparison('nom'),
      nameComparison('prenom'),
      {
        name: 'naissance',
        columns: ['naissance'],
        levels: [
          nullLevel('naissance'),
          exactLevel('naissance'),
          transposedDateLevel('naissance', 'text'),
          distanceLevel('naissance', 'damerau_levenshtein', 1),
          begins('naissance', 4),
          otherwise(),
        ],
      },
      {
        name: 'commune',
        columns: ['commune'],
        levels: [nullLevel('commune'), exactLevel('commune', { termFrequency: true }), otherwise()],
      },
      {
        name: 'phone',
        columns: ['phone'],
        levels: [nullLevel('phone'), exactLevel('phone'), otherwise()],
      },
      {
        name: 'email',
        columns: ['email'],
        levels: [
          nullLevel('email'),
          exactLevel('email'),
          similarityLevel('email', 'jaro_winkler_similarity', 0.92),
          otherwise(),
        ],
      },
    ],
    blockingRules: [
      'l."email" = r."email"',
      'l."phone" = r."phone"',
      'l."naissance" = r."naissance" AND l."commune" = r."commune"',
      'l."nom" = r."nom"',
      'l."naissance" = r."naissance" AND substr(l."nom", 1, 1) = substr(r."nom", 1, 1)',
      'l."commune" = r."commune" AND substr(l."naissance", 1, 3) = substr(r."naissance", 1, 3)',
    ],
  });
}

/** Rules by which Splink is trained: the prior, with the recall guessed for them, and the pairs of EM. */
export const TRAINING = {
  deterministic: [
    'l."email" = r."email"',
    'l."phone" = r."phone"',
    'l."nom" = r."nom" AND l."prenom" = r."prenom" AND l."naissance" = r."naissance"',
  ],
  recall: 0.8,
  maximisation: [
    'l."nom" = r."nom" AND l."prenom" = r."prenom"',
    'l."naissance" = r."naissance" AND l."commune" = r."commune"',
  ],
} as const;
