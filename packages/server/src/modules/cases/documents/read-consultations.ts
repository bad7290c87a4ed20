import type { Consultation } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import { getCase } from '../change-case.ts';

/** Who consulted a case, by person, day and deed, the latest first. Itself written in the trail. Throws `not_found`. */
export async function readConsultations(caller: Caller, caseId: string): Promise<Consultation[]> {
  await getCase(caller, caseId);
  const { rows } = await caller.transaction.query<{
    day: string;
    display_name: string;
    deed: Consultation['deed'];
    times: number;
  }>('SELECT day, display_name, deed, times FROM cases.consultations($1)', [caseId]);
  await caller.record('case.readers', [caseId]);
  return rows.map(({ display_name, ...row }) => ({ ...row, displayName: display_name }));
}
