import { type CfaColumn, type CfaRow, CONTRACT_NUMBERS, contractColumn } from './cfa-columns.ts';

/** A contract of apprenticeship as the row tells it. */
export interface CfaContract {
  readonly start: string;
  readonly plannedEnd: string | undefined;
  readonly broken: string | undefined;
  readonly breakReason: string | undefined;
  readonly employerSiret: string | undefined;
}

export type CfaContracts =
  | { readonly contracts: readonly CfaContract[] }
  /** A contract with an end, a break or a cause but no start: the column that is missing. Source: formats §5. */
  | { readonly missing: CfaColumn };

/** Columns of each contract: their names would cost more to make than their values to find. */
const COLUMNS = CONTRACT_NUMBERS.map((number) => ({
  start: contractColumn('contrat_date_debut', number),
  plannedEnd: contractColumn('contrat_date_fin', number),
  broken: contractColumn('contrat_date_rupture', number),
  breakReason: contractColumn('cause_rupture_contrat', number),
  employerSiret: contractColumn('siret_employeur', number),
}));

/** The up to four contracts of a row. An employer alone is no contract. */
export function contractsOf(row: CfaRow): CfaContracts {
  const contracts: CfaContract[] = [];
  for (const columns of COLUMNS) {
    const start = row.get(columns.start);
    const plannedEnd = row.get(columns.plannedEnd);
    const broken = row.get(columns.broken);
    const breakReason = row.get(columns.breakReason);
    if (start !== undefined) {
      const employerSiret = row.get(columns.employerSiret);
      contracts.push({ start, plannedEnd, broken, breakReason, employerSiret });
    } else if ((plannedEnd ?? broken ?? breakReason) !== undefined) {
      return { missing: columns.start };
    }
  }
  return { contracts };
}
