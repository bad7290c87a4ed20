import { type CaseDetail, LegalClockTerms } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { shortDate, since } from '../words/dates.ts';
import { french, fullName } from '../words/texts.ts';
import { nextStepOf } from '../worklist/next-step-words.ts';
import { StateWord, tellAxes } from '../worklist/state-words.tsx';
import { Contacts } from './contacts.tsx';

function Axes({ one }: { readonly one: CaseDetail }) {
  return (
    <dl className="axes">
      {tellAxes(one).map((told) => (
        <div key={told.axis}>
          <dt>{told.axis}</dt>
          <dd>
            <StateWord told={told} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Understood in ten seconds: who, how to reach them, where things stand, what comes next. */
export function Band({ one, referent }: { readonly one: CaseDetail; readonly referent: string }) {
  const now = today();
  return (
    <section className="band" aria-label="En bref">
      <div className="band-who">
        <h1>{fullName(one)}</h1>
        <p>
          {one.age} ans, {one.firstNames.length > 1 && `prénoms ${one.firstNames.join(', ')}, `}
          naissance le {shortDate(one.birthDate)} {one.minor && <span className="tag">mineur</span>}
        </p>
        <p className="quiet">
          {one.communeName ?? 'Commune non connue'} · {one.lastTraining ?? 'formation non connue'}
          {one.leftOn !== null && ` jusqu’au ${shortDate(one.leftOn)}`}
        </p>
        {!one.listed && (
          <p className="warning">
            N’est plus sur la liste : la dernière campagne ne retient plus cette personne.
          </p>
        )}
        {one.why?.flags.map(({ flag, label }) => (
          <p key={flag} className="warning">
            {french(label)}
          </p>
        ))}
      </div>
      <Contacts one={one} />
      <Axes one={one} />
      {one.clocks.map(({ clock, dueOn, daysLeft, countedFrom }) => (
        <p key={clock} className={daysLeft < 8 ? 'next-step warning' : 'next-step'}>
          <strong>{LegalClockTerms[clock].label}</strong>{' '}
          {daysLeft < 0
            ? `: échéance passée depuis le ${shortDate(dueOn)}`
            : `avant le ${shortDate(dueOn)} (${since(dueOn, now)})`}
          <span className="quiet"> · compté depuis le {shortDate(countedFrom)}</span>
        </p>
      ))}
      <p className="next-step">
        <strong>Prochaine étape :</strong> {nextStepOf(one)}
        <span className="quiet">
          {' '}
          · référent : {referent}
          {one.lastAttemptAt !== null && ` · dernier contact ${since(one.lastAttemptAt, now)}`}
        </span>
      </p>
    </section>
  );
}
