import type { CaseDetail } from '@raccroche/contract';
import { localInstant, today } from '../client/clock.ts';
import { addDays, longDate } from '../words/dates.ts';
import { Choices, useDigits } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

const DELAYS = { tomorrow: 1, days: 3, week: 7 } as const;
const LABELS = {
  tomorrow: 'Rappeler demain',
  days: 'Rappeler dans 3 jours',
  week: 'Rappeler dans une semaine',
  nothing: 'Rien de plus',
} as const;
type Next = keyof typeof LABELS;
const NEXTS = Object.keys(LABELS) as Next[];
const MORNING = '09:00';

/** What comes after an attempt: a call-back, which then stands in « Ma journée », or nothing. */
export function NextStep({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const choose = (next: Next) => {
    if (busy) return;
    if (next === 'nothing') {
      onDone();
      return;
    }
    const day = addDays(today(), DELAYS[next]);
    const words = `Rappel prévu ${longDate(day, today())}`;
    void send({ route: 'setCallBack', body: { at: localInstant(day, MORNING) }, done: words, mine: words });
  };
  useDigits(NEXTS, choose);
  return (
    <section className="act-form" aria-label="Et ensuite ?">
      {trouble}
      <Choices legend="Et ensuite ?" values={NEXTS} labels={LABELS} onChoose={choose} />
    </section>
  );
}
