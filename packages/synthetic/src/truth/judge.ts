import type { PersonState } from '@raccroche/contract';
import { addDays, ageAt, type CivilDate, daysBetween, latest } from '../calendar.ts';
import { type Times, yearStart } from '../life/life-builder.ts';
import type { Contract, Life, Stay } from '../life/model.ts';
import type { SituationCode } from './situations.ts';

/**
 * The rules (rules.md) applied to what really happened, by a hand of their own: short, one person at a time,
 * sharing nothing with the program that the truth is there to check.
 */
export const TRUTH_RULE_SETS = ['siei-2011', 'no-diploma', 'obligation-16-18'] as const;
export type TruthRuleSet = (typeof TRUTH_RULE_SETS)[number];

export interface Judgement {
  readonly state: PersonState;
  readonly situation: SituationCode;
  /** In some training at the reference date, whoever tells it. */
  readonly inTraining: boolean;
  readonly listed: Readonly<Record<TruthRuleSet, boolean>>;
}

const MIN_AGE = 16;
const ADULT = 18;
const AGE_LIMIT = 26;
/** Birthdays on which a judgement can turn. */
export const BIRTHDAYS = [MIN_AGE, ADULT, AGE_LIMIT] as const;
const QUALIFYING_LEVEL = 3;
const BACCALAUREATE_LEVEL = 4;
export const CFA_WITHOUT_CONTRACT_MAX_DAYS = 180;
const MISSION_LOCALE_CONTACT_DAYS = 150;

/** Says what truly holds of one person at the reference date. */
export function judge(life: Life, times: Times): Judgement {
  const { asOf } = times;
  const { state, daysWithoutContract } = stateOf(life, asOf);
  const kept = state === 'cfa_without_contract' && daysWithoutContract <= CFA_WITHOUT_CONTRACT_MAX_DAYS;
  const inTraining = state === 'enrolled' || state === 'apprentice' || kept;
  const age = ageAt(life.person.birthDate, asOf);
  const recent = life.stays.filter((stay) => overlapsWindow(stay, times));
  const out = state !== 'deceased' && !inTraining && recent.length > 0 && age >= MIN_AGE;
  const level = levelHeld(life, asOf);
  const asked = levelAskedFor(life, asOf);
  const qualifying = recent.some((stay) => stay.training.leadsTo === 3 || stay.training.leadsTo === 4);
  const listed = {
    'siei-2011': out && age < AGE_LIMIT && qualifying && level < asked,
    'no-diploma': out && age < AGE_LIMIT && level < QUALIFYING_LEVEL,
    'obligation-16-18': out && age < ADULT && !meetsObligation(life, asOf),
  };
  const situation = situationOf(life, asOf, { state, kept, age, recent, level, asked, qualifying });
  return { state, situation, inTraining, listed };
}

/** What an exhaustive reader of the person's life finds at the reference date. */
function stateOf(life: Life, asOf: CivilDate): { state: PersonState; daysWithoutContract: number } {
  if (life.deceasedOn !== undefined) return { state: 'deceased', daysWithoutContract: 0 };
  const open = life.stays.filter((stay) => covers(stay, asOf));
  if (open.some((stay) => stay.status !== 'apprenti')) return { state: 'enrolled', daysWithoutContract: 0 };
  const contracts = life.stays.flatMap((stay) => stay.contracts);
  if (contracts.some((contract) => runsOn(contract, asOf)))
    return { state: 'apprentice', daysWithoutContract: 0 };
  const [cfa] = open;
  if (cfa === undefined) return { state: 'not_enrolled', daysWithoutContract: 0 };
  // To the letter of the rules: the last break or end of any contract, also of one with another CFA.
  const since = contracts
    .map((contract) => contract.brokenOn ?? contract.plannedEnd)
    .filter((day) => day <= asOf);
  const last = since.length === 0 ? cfa.firstDay : since.reduce(latest);
  return { state: 'cfa_without_contract', daysWithoutContract: daysBetween(last, asOf) };
}

const covers = (stay: Stay, asOf: CivilDate): boolean =>
  stay.firstDay <= asOf && (stay.lastDay === null || stay.lastDay >= asOf);

const runsOn = (contract: Contract, asOf: CivilDate): boolean =>
  contract.start <= asOf &&
  contract.plannedEnd >= asOf &&
  (contract.brokenOn === undefined || contract.brokenOn > asOf);

/** Only registers of this country count for "was enrolled": a school abroad is no enrolment that the law knows. */
const overlapsWindow = (stay: Stay, times: Times): boolean =>
  stay.school.kind !== 'abroad' &&
  stay.firstDay <= times.asOf &&
  (stay.lastDay === null || stay.lastDay >= yearStart(times.before));

function levelHeld(life: Life, asOf: CivilDate): number {
  const levels = life.awards
    .filter((award) => award.result === 'admis' && award.date <= asOf)
    .map((award) => award.level ?? 0);
  return Math.max(0, ...levels);
}

/** Level of the last cycle, at most the baccalauréat's; 3 when it is collège or unknown. */
function levelAskedFor(life: Life, asOf: CivilDate): number {
  const last = lastStay(life, asOf);
  const leadsTo = last?.training.leadsTo ?? QUALIFYING_LEVEL;
  return Math.min(leadsTo, BACCALAUREATE_LEVEL);
}

function lastStay(life: Life, asOf: CivilDate): Stay | undefined {
  const schooling = life.stays.filter((stay) => stay.school.kind !== 'abroad' && stay.firstDay <= asOf);
  const end = (stay: Stay): CivilDate =>
    stay.lastDay === null || stay.lastDay > asOf ? addDays(asOf, 1) : stay.lastDay;
  const key = (stay: Stay): string => `${end(stay)} ${stay.firstDay}`;
  return schooling.reduce<Stay | undefined>(
    (best, stay) => (best === undefined || key(stay) >= key(best) ? stay : best),
    undefined,
  );
}

function meetsObligation(life: Life, asOf: CivilDate): boolean {
  if (life.employedFrom !== undefined && life.employedFrom <= asOf) return true;
  return life.accompaniments.some((one) => {
    if (one.status !== 'actif' || one.start > asOf || (one.end !== undefined && one.end < asOf)) return false;
    const { type } = one.structure;
    if (type !== 'mission_locale') return type !== 'association' && type !== 'autre';
    return daysBetween(one.lastContact ?? one.start, asOf) <= MISSION_LOCALE_CONTACT_DAYS;
  });
}

function situationOf(
  life: Life,
  asOf: CivilDate,
  facts: {
    state: PersonState;
    kept: boolean;
    age: number;
    recent: readonly Stay[];
    level: number;
    asked: number;
    qualifying: boolean;
  },
): SituationCode {
  const { state, kept, age, recent, level, asked, qualifying } = facts;
  if (age < MIN_AGE) return 'trop_jeune';
  if (age >= AGE_LIMIT) return 'trop_age';
  if (state === 'deceased') return 'decede';
  if (state === 'enrolled') return enrolledWhere(life, asOf);
  if (state === 'apprentice') return 'en_apprentissage';
  if (kept) return 'rupturant_a_suivre';
  if (recent.length === 0) return 'hors_fenetre';
  if (level >= Math.max(asked, QUALIFYING_LEVEL)) return 'diplome';
  if (!qualifying) return 'cycle_non_vise';
  if (state === 'cfa_without_contract') return 'decroche_cfa_sans_contrat';
  const last = lastStay(life, asOf);
  if (last?.school.kind === 'cfa' || last?.school.kind === 'cfaa') return 'decroche_cfa';
  return last?.ending === 'during_year' ? 'decroche_en_cours_annee' : 'decroche_a_la_rentree';
}

const ENROLLED_IN = {
  college: 'en_lycee_ou_college',
  lgt: 'en_lycee_ou_college',
  lp: 'en_lycee_ou_college',
  agri: 'en_lycee_agricole',
  cfa: 'en_apprentissage',
  cfaa: 'en_apprentissage',
  private: 'en_prive_hors_contrat',
  university: 'a_l_universite',
  abroad: 'en_ecole_a_l_etranger',
} as const satisfies Record<Stay['school']['kind'], SituationCode>;

function enrolledWhere(life: Life, asOf: CivilDate): SituationCode {
  const open = life.stays.filter((stay) => covers(stay, asOf) && stay.status !== 'apprenti');
  return ENROLLED_IN[open.at(-1)?.school.kind ?? 'lgt'];
}
