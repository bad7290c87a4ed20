import type { CaseRow } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { hour, longDate } from '../words/dates.ts';

/** What comes next for somebody, in words; « — » when nothing does. */
export function nextStepOf(row: CaseRow): string {
  if (row.pathway === 'closed') return '—';
  if (row.nextStep !== null) {
    const { kind, at } = row.nextStep;
    const when = `${longDate(at, today())} à ${hour(at)}`;
    return kind === 'interview' ? `Entretien ${when}` : `Rappeler ${when}`;
  }
  if (row.verification === 'to_verify') return 'Vérifier la situation';
  if (row.situation === 'unknown') return 'Situation à confirmer';
  if (row.contact === 'to_contact') return 'Appeler une première fois';
  if (row.contact === 'attempted' || row.contact === 'wrong_details') return 'Appeler de nouveau';
  if (row.contact === 'reached' && row.pathway === 'not_started') return 'Fixer un entretien';
  return '—';
}
