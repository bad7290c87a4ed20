import { schoolYearOf } from '../../../kernel/civil-date.ts';
import type {
  AccompanimentFact,
  AwardFact,
  ContractFact,
  PersonFacts,
  RecordFact,
  SpellFact,
} from '../person/facts.ts';

/** For tests: the reference date of the named cases; the window begins on 2025-09-01. */
export const D = '2026-11-24';

/** MEF10 by what they lead to. */
export const MEF = {
  college: '1031001911',
  cap: '2412213431',
  capa: '2712213431',
  bacPro: '2472000811',
  bts: '3112000821',
  unknown: '7032000811',
} as const;

interface Rows {
  readonly records?: readonly Partial<RecordFact>[];
  readonly spells?: readonly Partial<SpellFact>[];
  readonly contracts?: readonly Partial<ContractFact>[];
  readonly awards?: readonly Partial<AwardFact>[];
  readonly accompaniments?: readonly Partial<AccompanimentFact>[];
  readonly linkedDeaths?: readonly string[];
  readonly litige?: boolean;
  readonly deathToCheck?: boolean;
}

/**
 * For tests: somebody of 17 with one SIECLE record `r1`, and the rows given. A record is added for every `recordId` that is
 * named without being described.
 */
export function buildPerson(rows: Rows): PersonFacts {
  const facts = {
    spells: (rows.spells ?? []).map((spell, index) => buildSpell(spell, index + 1)),
    contracts: (rows.contracts ?? []).map(buildContract),
    awards: (rows.awards ?? []).map(buildAward),
    accompaniments: (rows.accompaniments ?? []).map(buildAccompaniment),
  };
  const described = (rows.records ?? [{}]).map((record) => buildRecord(record));
  const named = new Set(Object.values(facts).flatMap((each) => each.map(({ recordId }) => recordId)));
  for (const { recordId } of described) named.delete(recordId);
  const records = [...described, ...[...named].map((recordId) => buildRecord({ recordId }))];
  const { linkedDeaths = [], litige = false, deathToCheck = false } = rows;
  return { personId: 'r1', records, ...facts, linkedDeaths, litige, deathToCheck };
}

const SOURCE_RANKS: Readonly<Record<string, number>> = {
  SYGNE: 1,
  SIECLE: 2,
  FREGATA: 3,
  CFA: 4,
  INTERCHANGE: 5,
};

function buildRecord(record: Partial<RecordFact>): RecordFact {
  const source = record.source ?? 'SIECLE';
  return {
    recordId: 'r1',
    source,
    sourceRank: SOURCE_RANKS[source] ?? 0,
    hasIne: true,
    familyName: 'MARTIN',
    usageName: null,
    firstName1: 'ANA',
    firstName2: null,
    firstName3: null,
    sex: 'F',
    birthDate: '2009-03-10',
    recordedOn: '2026-11-01',
    ...record,
  };
}

/** In the second year of a bac pro, on the rolls of last year, until 31 August 2026 unless an end is told. */
function buildSpell(spell: Partial<SpellFact>, spellNo: number): SpellFact {
  const firstDay = spell.firstDay ?? `${spell.schoolYear ?? 2025}-09-01`;
  const schoolYear = spell.schoolYear === undefined ? schoolYearOf(firstDay) : spell.schoolYear;
  return {
    recordId: 'r1',
    spellNo,
    uai: '0951099D',
    schoolYear,
    mef: MEF.bacPro,
    diplomaCode: null,
    firstDay,
    lastDay: `${(schoolYear ?? schoolYearOf(firstDay)) + 1}-08-31`,
    implicitEnd: spell.lastDay === undefined,
    endReason: null,
    notInClass: false,
    enrolment: true,
    cfaStatus: null,
    abandonUndated: false,
    recordedOn: '2026-11-01',
    ...spell,
  };
}

function buildContract(contract: Partial<ContractFact>, index: number): ContractFact {
  return {
    recordId: 'r1',
    contractNo: index + 1,
    uai: null,
    diplomaCode: '50022137',
    startedOn: '2025-09-01',
    plannedEnd: '2027-08-31',
    brokenOn: null,
    ...contract,
  };
}

function buildAward(award: Partial<AwardFact>, index: number): AwardFact {
  return {
    recordId: 'r1',
    awardNo: index + 1,
    type: 'autre',
    diplomaCode: null,
    level: null,
    session: '2026-06',
    awardedOn: null,
    result: 'admis',
    ...award,
  };
}

function buildAccompaniment(accompaniment: Partial<AccompanimentFact>, index: number): AccompanimentFact {
  return {
    recordId: 'r1',
    accompanimentNo: index + 1,
    structureType: 'mission_locale',
    startedOn: '2026-10-01',
    endedOn: null,
    lastContactOn: null,
    status: 'actif',
    ...accompaniment,
  };
}
