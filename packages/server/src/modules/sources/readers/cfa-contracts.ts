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

/** The up to four contracts of a row. An employer alone is no contract. */
export function contractsOf(row: CfaRow): CfaContracts {
  const contracts: CfaContract[] = [];
  for (const number of CONTRACT_NUMBERS) {
    const start = row.get(contractColumn('contrat_date_debut', number));
    const plannedEnd = row.get(contractColumn('contrat_date_fin', number));
    const broken = row.get(contractColumn('contrat_date_rupture', number));
    const breakReason = row.get(contractColumn('cause_rupture_contrat', number));
    if (start !== undefined) {
      const employerSiret = row.get(contractColumn('siret_employeur', number));
      contracts.push({ start, plannedEnd, broken, breakReason, employerSiret });
    } else if ((plannedEnd ?? broken ?? breakReason) !== undefined) {
      return { missing: contractColumn('contrat_date_debut', number) };
    }
  }
  return { contracts };
}
