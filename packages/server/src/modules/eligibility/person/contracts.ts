import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { type Cycle, cycleOf } from '../cycle.ts';
import { NO_END, type Terms } from '../terms.ts';
import type { ContractFact } from './facts.ts';

/** A contract as it stands at the reference date. */
export interface ContractAtDate extends ContractFact {
  readonly broke: boolean;
  /** Eve of the break, else the planned end (NO_END when none is told). Included. */
  readonly lastDay: CivilDate;
  /** Day of the break, else the planned end: days without contract are counted from it. */
  readonly stoppedOn: CivilDate;
  /** Started on or before the reference date: one that starts later was not had. */
  readonly had: boolean;
  readonly covers: boolean;
  readonly cycle: Cycle;
}

/** What all of a person's contracts say together: people have one employer at a time, whoever tells the contract. */
export interface Employment {
  readonly contracts: readonly ContractAtDate[];
  readonly covered: boolean;
  readonly had: boolean;
  /** Latest stop of a contract that is over at the reference date; null when there is none. */
  readonly lastStop: CivilDate | null;
}

/** A break after the planned end changes nothing: the contract was over by then. */
export function contractAtDate(contract: ContractFact, { asOf }: Terms): ContractAtDate {
  const plannedEnd = contract.plannedEnd ?? NO_END;
  const { brokenOn, startedOn } = contract;
  const broke = brokenOn !== null && brokenOn <= plannedEnd;
  const lastDay = broke ? addDays(brokenOn, -1) : plannedEnd;
  return {
    ...contract,
    broke,
    lastDay,
    stoppedOn: broke ? brokenOn : plannedEnd,
    had: startedOn <= asOf,
    covers: startedOn <= asOf && lastDay >= asOf,
    cycle: cycleOf(null, contract.diplomaCode),
  };
}

export function employmentOf(facts: readonly ContractFact[], terms: Terms): Employment {
  const contracts = facts.map((contract) => contractAtDate(contract, terms));
  const stops = contracts
    .filter(({ had, lastDay }) => had && lastDay < terms.asOf)
    .map(({ stoppedOn }) => stoppedOn)
    .sort();
  return {
    contracts,
    covered: contracts.some(({ covers }) => covers),
    had: contracts.some(({ had }) => had),
    lastStop: stops.at(-1) ?? null,
  };
}
