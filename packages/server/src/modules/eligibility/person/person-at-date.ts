import { ageAt } from '../../../kernel/civil-date.ts';
import { type Cycle, UNKNOWN_CYCLE } from '../cycle.ts';
import type { Terms } from '../terms.ts';
import { type Employment, employmentOf } from './contracts.ts';
import type { PersonFacts } from './facts.ts';
import { type Identity, identityOf } from './identity.ts';
import { findLastStay, type LastStay } from './last-stay.ts';
import { type Situation, situationOf } from './situation.ts';
import { type Stay, staysOf } from './stays.ts';
import { keepToldOnce } from './told-twice.ts';
import { type WindowItem, windowItemsOf } from './window.ts';

/** A person as known at the reference date: what the checks are asked of. */
export interface PersonAtDate {
  readonly facts: PersonFacts;
  readonly terms: Terms;
  readonly identity: Identity;
  /** Full years. */
  readonly age: number;
  /** What says that the person died: spells, whatever their dates, and deaths that INSEE tells. `recordId`: whose id. */
  readonly deaths: readonly { readonly recordId: string }[];
  readonly employment: Employment;
  readonly stays: readonly Stay[];
  /** One sender says that the person left, another that the stay goes on. */
  readonly contradicted: boolean;
  readonly situation: Situation;
  readonly lastStay: LastStay | undefined;
  readonly lastCycle: Cycle;
  /** Spells and contracts that overlap the window W. */
  readonly windowItems: readonly WindowItem[];
}

export function personAtDate(facts: PersonFacts, terms: Terms): PersonAtDate {
  const identity = identityOf(facts.records);
  const employment = employmentOf(facts.contracts, terms);
  const { kept, contradicted } = keepToldOnce(facts.spells, facts.records, terms);
  const stays = staysOf(kept, employment, (recordId) => getSourceRank(facts, recordId), terms);
  const deaths = [
    ...facts.spells.filter(({ endReason }) => endReason === 'deces'),
    ...facts.linkedDeaths.map((recordId) => ({ recordId })),
  ];
  const situation = situationOf(deaths.length > 0, stays, employment, terms);
  const lastStay = findLastStay(stays, situation, employment, terms);
  return {
    facts,
    terms,
    identity,
    age: ageAt(identity.birthDate, terms.asOf),
    deaths,
    employment,
    stays,
    contradicted,
    situation,
    lastStay,
    lastCycle: lastStay?.cycle ?? UNKNOWN_CYCLE,
    windowItems: windowItemsOf(stays, employment, terms),
  };
}

function getSourceRank({ records, personId }: PersonFacts, recordId: string): number {
  const record = records.find((known) => known.recordId === recordId);
  if (!record) throw new Error(`record ${recordId} is not of person ${personId}`);
  return record.sourceRank;
}
