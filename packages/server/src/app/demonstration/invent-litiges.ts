import type { LitigeEvidence, LitigeRecord } from '@raccroche/contract';
import type { Entry } from '../../modules/lists/index.ts';
import type { Transaction } from '../../platform/postgres/database.ts';

/**
 * Questions of identity for the demonstration, since its campaign leaves a handful: each takes somebody of a list and invents
 * whom they resemble. Their numbers are those of nobody, so that no campaign is ever told of an answer.
 */
interface Question {
  readonly reasons: readonly string[];
  readonly failedChecks: readonly string[];
  readonly evidence: readonly LitigeEvidence[] | null;
  /** What the other file tells, from what the list does. */
  readonly other: (known: LitigeRecord) => readonly LitigeRecord[];
}

const evidence = (...lines: readonly (readonly [string, string, number])[]): LitigeEvidence[] =>
  lines.map(([comparison, level, weight]) => ({ comparison, level, weight }));

/** Two letters that change places, as one types. */
const mistyped = (name: string | null) => name?.replace(/^(.)(.)(.)/, '$1$3$2') ?? null;
/** Another day of the same month. */
const shifted = (date: string) =>
  date.replace(/\d\d$/, (day) => String(1 + ((Number(day) + 10) % 28)).padStart(2, '0'));

/** Weights as those of the shipped model, rounded. */
const QUESTIONS: readonly Question[] = [
  {
    reasons: ['look_alike'],
    failedChecks: ['not_enrolled'],
    evidence: evidence(
      ['avant de comparer', '', -12.2],
      ['nom', 'noms proches', 6.1],
      ['prénom', 'mêmes prénoms', 9.2],
      ['naissance', 'même date de naissance', 10.5],
      ['sexe', 'même sexe', 1],
      ['commune', 'autre commune', -2.3],
    ),
    other: (known) => [
      {
        ...known,
        source: 'CFA',
        extractedOn: '2025-11-10',
        familyName: mistyped(known.familyName),
        commune: 'Douai',
        identifiers: ['ine_apprenti 412K'],
        school: '0596934Z',
        lastDay: '2026-08-31',
      },
    ],
  },
  {
    reasons: ['look_alike'],
    failedChecks: ['enrolled_in_window'],
    evidence: evidence(
      ['avant de comparer', '', -12.2],
      ['nom', 'même nom', 10.2],
      ['prénom', 'même prénom usuel', 7.4],
      ['naissance', 'même mois, même année', 3.8],
      ['sexe', 'même sexe', 1],
      ['rareté des valeurs', '', -3.6],
    ),
    other: (known) => [
      {
        ...known,
        source: 'INTERCHANGE',
        extractedOn: '2025-11-03',
        firstNames: known.firstNames.slice(0, 1),
        birthDate: shifted(known.birthDate),
        birthPlace: null,
        identifiers: [],
        school: null,
        lastDay: null,
      },
    ],
  },
  {
    reasons: ['death'],
    failedChecks: [],
    evidence: evidence(
      ['avant de comparer', '', -14.6],
      ['nom', 'même nom', 10.2],
      ['prénom', 'même premier prénom', 6.3],
      ['naissance', 'même date de naissance', 10.5],
      ['lieu de naissance', 'autre commune', -4.9],
      ['rareté des valeurs', '', -4.1],
    ),
    other: (known) => [
      {
        ...known,
        source: 'INSEE',
        extractedOn: '2025-11-03',
        firstNames: [...known.firstNames.slice(0, 1), 'Camille'],
        birthPlace: 'Amiens',
        commune: null,
        identifiers: [],
        school: null,
        lastDay: null,
        diedOn: '2025-08-19',
      },
    ],
  },
  {
    reasons: ['two_identifiers'],
    failedChecks: ['no_qualifying_diploma'],
    evidence: null,
    other: (known) => [
      { ...known, source: 'SYGNE', extractedOn: '2025-10-26', identifiers: ['ine_rnie 84HB'] },
      {
        ...known,
        source: 'FREGATA',
        extractedOn: '2025-10-02',
        firstNames: known.firstNames.slice(0, 1),
        identifiers: ['ine_rnie 17DF'],
        school: '0620128B',
        lastDay: '2024-08-31',
      },
    ],
  },
];

interface Subject {
  readonly siei: string;
  readonly entry: Entry;
}

const knownOf = ({ entry }: Subject): LitigeRecord => ({
  source: 'SIECLE',
  extractedOn: '2025-11-12',
  familyName: entry.familyName,
  usageName: null,
  firstNames: [...entry.firstNames],
  sex: entry.sex === 'M' || entry.sex === 'F' ? entry.sex : null,
  birthDate: entry.birthDate,
  birthPlace: entry.address.communeName,
  commune: entry.address.communeName,
  identifiers: ['ine_rnie 29KC'],
  school: entry.lastSchool.uai,
  lastDay: entry.leftOn,
  diedOn: null,
});

/** Adds the questions to these platforms, by code; the same ones whenever it is called on the same lists. */
export async function inventLitiges(transaction: Transaction, platforms: readonly string[]): Promise<void> {
  for (const code of platforms) {
    for (const [index, asked] of QUESTIONS.entries()) {
      const isDeath = asked.reasons.includes('death');
      const { rows } = await transaction.query<Subject>(
        `SELECT c.siei, e.entry FROM cases.cases c JOIN lists.published_entries e USING (siei)
         JOIN access.platforms p ON p.platform_id = c.platform_id
         WHERE p.code = $1 AND c.listed AND NOT EXISTS (SELECT FROM cases.litiges l WHERE c.siei IN (l.siei_1, l.siei_2))
           AND ${isDeath ? UNTOUCHED : 'true'}
         ORDER BY ${isDeath ? 'c.sort_name' : 'c.siei'} DESC LIMIT 1`,
        [code],
      );
      const [subject] = rows;
      if (subject === undefined) continue;
      await addQuestion(transaction, subject, `SIGN${code}DEMO${index + 1}`, asked);
      if (isDeath) await withholdContacts(transaction, subject);
    }
  }
}

/** Nobody has spoken to them: whom one met last week is not thought to be dead. */
const UNTOUCHED = `c.verification = 'to_verify' AND c.contact = 'to_contact' AND c.obligation IS NULL`;

/** As a list tells somebody who may have died: no way to reach them, and the flag. */
async function withholdContacts(transaction: Transaction, { siei }: Subject): Promise<void> {
  await transaction.query(
    `UPDATE lists.published_entries SET entry = entry || jsonb_build_object(
       'phones', '[]'::JSONB, 'email', NULL, 'legalRepresentatives', '[]'::JSONB,
       'address', (entry -> 'address') || '{"lines": []}', 'flags', (entry -> 'flags') || '["death_to_check"]')
     WHERE siei = $1`,
    [siei],
  );
  await transaction.query('UPDATE cases.cases SET has_phone = false WHERE siei = $1', [siei]);
  await transaction.query(
    'DELETE FROM cases.phone_keys k USING cases.cases c WHERE c.siei = $1 AND k.case_id = c.case_id',
    [siei],
  );
}

async function addQuestion(
  transaction: Transaction,
  subject: Subject,
  number: string,
  { reasons, failedChecks, evidence: weighed, other }: Question,
): Promise<void> {
  const known = knownOf(subject);
  const weight = weighed?.reduce((sum, one) => sum + one.weight, 0) ?? null;
  await transaction.query(
    `INSERT INTO cases.litiges (siei_1, siei_2, reasons, weight, publication_id, evidence)
     SELECT $1, $2, ARRAY(SELECT jsonb_array_elements_text($3::JSONB)), $4::REAL, max(publication_id), $5::JSONB
     FROM lists.publications`,
    [subject.siei, number, JSON.stringify(reasons), weight, weighed && JSON.stringify(weighed)],
  );
  const isDeath = reasons.includes('death');
  const sides = [
    { siei: subject.siei, listed: true, checks: [], records: [known] },
    { siei: number, listed: isDeath ? null : false, checks: failedChecks, records: other(known) },
  ];
  for (const side of sides)
    await transaction.query(
      `INSERT INTO cases.litige_sides (siei_1, siei_2, siei, listed, failed_checks, records)
       VALUES ($1, $2, $3, $4, ARRAY(SELECT jsonb_array_elements_text($5::JSONB)), $6::JSONB)`,
      [
        subject.siei,
        number,
        side.siei,
        side.listed,
        JSON.stringify(side.checks),
        JSON.stringify(side.records),
      ],
    );
}
