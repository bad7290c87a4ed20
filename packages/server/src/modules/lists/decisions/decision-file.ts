import type { DecisionVerdict } from '@raccroche/contract';
import { csvCell } from '../csv.ts';
import { DECISION_COLUMNS, type DecisionColumn } from './decision-columns.ts';
import { decisionWord } from './write-litiges.ts';

/** What somebody decided of two numbers, or of a number and the code of a death. */
export interface DecisionToTell {
  readonly siei1: string;
  readonly siei2: string;
  readonly verdict: DecisionVerdict;
  readonly decidedOn: string;
  /** Who, by their function. */
  readonly role: string;
  readonly reason: string;
}

/** Decisions as a campaign reads them with `--decisions`. UTF-8 with BOM, `;`, CRLF. */
export function decisionFileText(decisions: readonly DecisionToTell[]): string {
  const lines = decisions.map((one) => {
    const cells: Record<DecisionColumn, string> = {
      siei_1: one.siei1,
      siei_2: one.siei2,
      decision: decisionWord(one.verdict),
      date_decision: one.decidedOn,
      role: one.role,
      motif: one.reason,
    };
    return DECISION_COLUMNS.map(({ name }) => csvCell(cells[name])).join(';');
  });
  const header = DECISION_COLUMNS.map(({ name }) => name).join(';');
  return `\ufeff${[header, ...lines].map((line) => `${line}\r\n`).join('')}`;
}
