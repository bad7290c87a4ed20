import { type CivilDate, schoolYearOf } from '../../../kernel/civil-date.ts';
import { type Cycle, cycleOf } from '../cycle.ts';
import type { Terms } from '../terms.ts';
import type { ContractAtDate, Employment } from './contracts.ts';
import type { ToldSpell } from './told-twice.ts';

/**
 * What a stay says of the reference date:
 * `in_training`; `without_contract` (in a CFA); `under_contract` (inscrit in a CFA, a contract says the rest);
 * `not_in_class` (on the rolls, in no class); `over` (ended before, or not begun).
 */
export type Standing = 'in_training' | 'without_contract' | 'under_contract' | 'not_in_class' | 'over';

/** An enrolment spell, or a contract that stands in for one when contracts alone are known. */
export interface Stay {
  readonly kind: 'spell' | 'contract';
  readonly recordId: string;
  /** spell_no or contract_no: with the record, names the stay. */
  readonly stayNo: number;
  readonly sourceRank: number;
  readonly uai: string | null;
  readonly mef: string | null;
  readonly diplomaCode: string | null;
  readonly cycle: Cycle;
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  /** Ended with its school year: no end told, or told as its 31 August. */
  readonly closesYear: boolean;
  readonly notInClass: boolean;
  readonly abandonUndated: boolean;
  readonly standing: Standing;
}

export function staysOf(
  kept: readonly ToldSpell[],
  employment: Employment,
  sourceRankOf: (recordId: string) => number,
  terms: Terms,
): Stay[] {
  const spells = kept.map((spell) => stayOfSpell(spell, employment, terms));
  // A spell that is still to come says nothing of where the person comes from.
  if (spells.some(({ firstDay }) => firstDay <= terms.asOf)) return spells;
  const standIns = employment.contracts.map((contract) =>
    stayOfContract(contract, sourceRankOf(contract.recordId)),
  );
  return [...spells, ...standIns];
}

function stayOfSpell(spell: ToldSpell, employment: Employment, terms: Terms): Stay {
  const schoolYear = spell.schoolYear ?? schoolYearOf(spell.lastDay);
  return {
    kind: 'spell',
    recordId: spell.recordId,
    stayNo: spell.spellNo,
    sourceRank: spell.sourceRank,
    uai: spell.uai,
    mef: spell.mef,
    diplomaCode: spell.diplomaCode,
    cycle: cycleOf(spell.mef, spell.diplomaCode),
    firstDay: spell.firstDay,
    lastDay: spell.lastDay,
    closesYear: spell.implicitEnd || spell.lastDay === `${schoolYear + 1}-08-31`,
    notInClass: spell.notInClass,
    abandonUndated: spell.abandonUndated,
    standing: standingOf(spell, employment, terms),
  };
}

function stayOfContract(contract: ContractAtDate, sourceRank: number): Stay {
  return {
    kind: 'contract',
    recordId: contract.recordId,
    stayNo: contract.contractNo,
    sourceRank,
    uai: contract.uai,
    mef: null,
    diplomaCode: contract.diplomaCode,
    cycle: contract.cycle,
    firstDay: contract.startedOn,
    lastDay: contract.lastDay,
    // A break on 1 September is a break, although its eve closes a school year.
    closesYear: !contract.broke && contract.lastDay.endsWith('-08-31'),
    notInClass: false,
    abandonUndated: false,
    // Whether the contract covers the reference date is asked of the contract itself.
    standing: 'over',
  };
}

function standingOf(spell: ToldSpell, employment: Employment, { asOf }: Terms): Standing {
  if (spell.firstDay > asOf || spell.lastDay < asOf) return 'over';
  if (spell.notInClass) return 'not_in_class';
  if (spell.cfaStatus === '2') return employment.covered ? 'under_contract' : 'without_contract';
  // An apprentice whose contracts are all over; one of whom no contract is told is believed.
  if (spell.cfaStatus === '3' && employment.had && !employment.covered) return 'without_contract';
  return 'in_training';
}
