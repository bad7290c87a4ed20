import type { CaseDetail } from '@raccroche/contract';
import { isPast, today } from '../client/clock.ts';
import { hour, longDate } from '../words/dates.ts';

/** Said before an act that ends the work here: the appointment to come is called off by it. */
export function InterviewEnds({ one }: { readonly one: CaseDetail }) {
  const { interviewAt: at } = one;
  if (at === null || isPast(at)) return null;
  return (
    <p className="warning">
      L’entretien prévu {longDate(at, today())} à {hour(at)} sera annulé et son heure libérée. Qui a reçu une
      invitation en sera prévenu de même ; sinon, prévenez la personne.
    </p>
  );
}
