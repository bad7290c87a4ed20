import type {
  CaseOutcome,
  Contact,
  InterviewMode,
  Invited,
  MissionLocaleKnowledge,
  Obligation,
  Pathway,
  RefutationReason,
  SolutionKind,
  Training,
  Verification,
} from '@raccroche/contract';
import type { Generated, Selectable } from 'kysely';

/** The tables of the module as its stores query them. `migrations/` has the truth; the schema check holds them together. */
export interface CasesTables {
  'cases.cases': CasesTable;
  'cases.events': EventsTable;
}

/** A case as its table holds it. */
export type StoredCase = Selectable<CasesTable>;

interface CasesTable {
  case_id: string;
  siei: string;
  platform_id: string | null;
  department: string;
  origin_uai: string | null;
  family_name: string;
  usage_name: string | null;
  first_names: string[];
  sort_name: string;
  birth_date: string;
  verification: Verification;
  verification_reason: RefutationReason | null;
  contact: Contact;
  pathway: Pathway;
  outcome: CaseOutcome | null;
  obligation: Obligation | null;
  referent: string | null;
  listed: boolean;
  delisted_reason: string | null;
  closed_by_human: boolean;
  opened_on: string;
  last_attempt_at: string | null;
  attempts: number;
  version: number;
  commune: string | null;
  commune_name: string | null;
  last_training: string | null;
  training: Training | null;
  training_level: number | null;
  mission_locale: MissionLocaleKnowledge;
  left_on: string | null;
  has_phone: boolean;
  verify_after: string | null;
  interview_at: string | null;
  interview_minutes: number | null;
  interview_mode: InterviewMode | null;
  interview_place: string | null;
  interview_with: string | null;
  interview_invited: Invited[] | null;
  interview_state: 'planned' | 'confirmed' | null;
  interview_held_at: string | null;
  call_back_at: string | null;
  entered_on: string | null;
  joint_interview_at: string | null;
  solution: SolutionKind | null;
  return_asked_on: string | null;
  summoned_on: string | null;
  confirmed_on: string | null;
  closing_asked_by: string | null;
  closed_by: string | null;
  merged_into: string | null;
  closed_on: string | null;
}

interface EventsTable {
  event_id: Generated<number>;
  case_id: string;
  kind: string;
  happened_at: string;
  recorded_at: Generated<string>;
  actor: string | null;
  details: Generated<Record<string, unknown>>;
  before: Generated<Record<string, unknown>>;
  after: Generated<Record<string, unknown>>;
  case_version: number;
  undoes: Generated<number | null>;
}
