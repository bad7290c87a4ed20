import type { StructureType } from '@raccroche/contract';
import { type Choices, choicesOf } from '../random.ts';

/**
 * What becomes of people, as weights in per cent, `[inferred]`: chosen so that about two thirds of those who leave
 * the rolls of the national education without its diploma are in training elsewhere
 * (Nantes: 400 of 600; Bretagne 2020-21: 66 %; domain.md §2.4), not to measure anything.
 */
export type Fate =
  | 'continue'
  | 'drop'
  | 'to_cfa'
  | 'to_agri'
  | 'to_private'
  | 'to_school'
  | 'move'
  | 'abroad';

export type Start =
  | 'college'
  | 'gt1'
  | 'gt2'
  | 'gt3'
  | 'pro1'
  | 'pro2'
  | 'pro3'
  | 'agri1'
  | 'agri2'
  | 'agri3'
  | 'cfa'
  | 'private'
  | 'higher'
  | 'university'
  | 'long_gone';

/**
 * Where people are at the start of the school year before the reference date's, in thousands for the country: about
 * three million of reference (domain.md §6): 2.2 M in lycée, 0.4 M apprentices, 0.2 M in agriculture; of the collèges
 * those alone who will be 16.
 */
export const STARTS: Readonly<Record<Start, number>> = {
  college: 90,
  gt1: 540,
  gt2: 505,
  gt3: 512,
  pro1: 240,
  pro2: 228,
  pro3: 160,
  agri1: 60,
  agri2: 56,
  agri3: 34,
  cfa: 389,
  private: 30,
  higher: 70,
  university: 60,
  long_gone: 38,
};

const GENERAL = choicesOf<Fate>({
  continue: 86,
  drop: 2.7,
  to_cfa: 4.8,
  to_agri: 1.6,
  to_private: 1.1,
  to_school: 1.5,
  move: 2,
  abroad: 0.9,
});
const VOCATIONAL = choicesOf<Fate>({
  continue: 65,
  drop: 6,
  to_cfa: 17.5,
  to_agri: 4,
  to_private: 1.2,
  to_school: 2,
  move: 2.5,
  abroad: 1.2,
});
const AGRICULTURAL = choicesOf<Fate>({
  continue: 80,
  drop: 7,
  to_cfa: 7,
  to_school: 4,
  move: 1,
  abroad: 0.5,
});

export const FATES: Record<Exclude<Start, 'cfa' | 'long_gone'>, Choices<Fate>> = {
  college: choicesOf<Fate>({ continue: 94, drop: 1.5, to_cfa: 1.5, move: 2, abroad: 1 }),
  gt1: GENERAL,
  gt2: GENERAL,
  gt3: choicesOf<Fate>({
    continue: 95,
    drop: 2,
    to_cfa: 1,
    to_private: 0.7,
    move: 0.5,
    abroad: 0.5,
  }),
  pro1: VOCATIONAL,
  pro2: VOCATIONAL,
  pro3: choicesOf<Fate>({
    continue: 84,
    drop: 7,
    to_cfa: 6,
    to_private: 0.7,
    move: 1,
    abroad: 0.7,
  }),
  agri1: AGRICULTURAL,
  agri2: AGRICULTURAL,
  agri3: AGRICULTURAL,
  private: choicesOf<Fate>({ continue: 82, drop: 8, to_cfa: 4, to_school: 4, abroad: 1 }),
  higher: choicesOf<Fate>({ continue: 88, drop: 11 }),
  university: choicesOf<Fate>({ continue: 88, drop: 12 }),
};

/** When somebody leaves: in the year before, in summer, or since the last 1 September. */
export const LEAVING_TIMES = choicesOf<'year_before' | 'summer' | 'this_year'>({
  year_before: 36,
  summer: 48,
  this_year: 16,
});

/** What follows a real drop-out. About a quarter are known to a mission locale (June–Oct. 2011: ~1/4; domain.md §2.5). */
export const AFTER_DROPPING = choicesOf<StructureType | 'nothing' | 'back_in_cfa' | 'back_in_school' | 'job'>(
  {
    nothing: 46,
    mission_locale: 26,
    service_civique: 4,
    armee: 3,
    e2c: 3,
    epide: 1.5,
    france_travail: 2,
    job: 6,
    back_in_cfa: 5,
    back_in_school: 3.5,
  },
);

/** Chances to pass. Source: bac pro 82.7 % in 2023 (domain.md §6); the others `[inferred]`. */
export const PASS_RATES: Readonly<Record<string, number>> = {
  bac_general: 0.95,
  bac_technologique: 0.9,
  bac_professionnel: 0.83,
  cap: 0.83,
  capa: 0.85,
  bp: 0.75,
  dnb: 0.87,
};

export const AFTER_FAILING = choicesOf<'repeat' | 'drop' | 'to_cfa'>({ repeat: 58, drop: 18, to_cfa: 24 });
export const AFTER_COLLEGE = choicesOf<'gt' | 'pro' | 'cfa' | 'agri' | 'drop'>({
  gt: 58,
  pro: 28,
  cfa: 6,
  agri: 5,
  drop: 3,
});
export const AFTER_CAP = choicesOf<'work' | 'bac_pro' | 'cfa'>({ work: 35, bac_pro: 42, cfa: 23 });
export const AFTER_BAC = choicesOf<'work' | 'university' | 'bts' | 'cfa_bts'>({
  work: 18,
  university: 46,
  bts: 22,
  cfa_bts: 14,
});

/** Those who came back to the same school and leave it since 1 September. */
export const LEAVES_SOON = 0.018;
/** Pupils of the second year of a bac pro who already hold a CAP. */
export const CAP_BEFORE_BAC_PRO = 0.12;
