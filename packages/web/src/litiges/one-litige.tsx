import type { Litige } from '@raccroche/contract';
import { useEffect, useRef, useState } from 'react';
import { today } from '../client/clock.ts';
import { useKeys } from '../frame/keys.ts';
import { longDate } from '../words/dates.ts';
import { capital, french } from '../words/texts.ts';
import { BeforeDeath } from './before-death.tsx';
import { question, VERDICT_WORDS, VERDICTS } from './litige-words.ts';
import { SideBySide } from './side-by-side.tsx';
import { useAnswer } from './use-answer.ts';
import { Waterfall } from './waterfall.tsx';

const REASON_MAX = 200;

function Head({ litige, isNext }: { readonly litige: Litige; readonly isNext: boolean }) {
  const title = useRef<HTMLHeadingElement>(null);
  // The next question is said, and comes back on screen.
  useEffect(() => {
    if (isNext) title.current?.focus();
  }, [isNext]);
  const [last] = litige.decisions;
  return (
    <header className="verify-who">
      <h2 ref={title} tabIndex={-1}>
        {french(question(litige))}
      </h2>
      {litige.kind === 'death' ? (
        <BeforeDeath />
      ) : (
        litige.reasons.map(({ reason, sentence }) => <p key={reason}>{french(capital(sentence))}.</p>)
      )}
      {last !== undefined && (
        <p className="second-opinion">
          {last.decidedByName ?? capital(last.role)} a répondu «{'\u00A0'}
          {VERDICT_WORDS[litige.kind][last.verdict]}
          {'\u00A0'}» {longDate(last.decidedOn, today())}
          {last.reason === '' ? '' : `, parce que : ${last.reason}`}.
          {litige.state === 'second_opinion' && ' Votre avis est demandé.'}
        </p>
      )}
    </header>
  );
}

/** Each answer with what it would change. */
function Answers({
  litige,
  busy,
  onAnswer,
}: {
  readonly litige: Litige;
  readonly busy: boolean;
  readonly onAnswer: (verdict: 'same' | 'different' | 'unknown') => void;
}) {
  useKeys(Object.fromEntries(VERDICTS.map(({ key, verdict }) => [key, () => !busy && onAnswer(verdict)])));
  return (
    <ul className="litige-answers">
      {VERDICTS.map(({ key, verdict }) => (
        <li key={verdict}>
          <button
            type="button"
            className="choice"
            disabled={busy}
            aria-describedby={`effet-${verdict}`}
            onClick={() => onAnswer(verdict)}
          >
            <kbd aria-hidden>{key}</kbd> {VERDICT_WORDS[litige.kind][verdict]}
          </button>
          <div id={`effet-${verdict}`} className="litige-effect">
            {litige.consequences[verdict].map((sentence) => (
              <p key={sentence}>{french(sentence)}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** One question of identity: both side by side, what weighs, what each answer changes. */
export function OneLitige({
  litige,
  isNext,
  onAnswered,
  onUndone,
}: {
  readonly litige: Litige;
  readonly isNext: boolean;
  readonly onAnswered: () => void;
  readonly onUndone: () => void;
}) {
  const [reason, setReason] = useState('');
  const { busy, problem, answer } = useAnswer(litige, { onAnswered, onUndone });
  return (
    <article className="litige">
      <div className="litige-facts">
        <Head litige={litige} isNext={isNext} />
        {litige.sides === null ? (
          <p className="warning">
            Cette publication ne dit pas ce que les fichiers savent de chacun. La prochaine le dira.
          </p>
        ) : (
          <SideBySide litige={litige} />
        )}
        {litige.evidence !== null ? (
          <Waterfall evidence={litige.evidence} />
        ) : (
          <p className="quiet">
            Le poids de chaque comparaison n’est pas connu : la question vient d’une contradiction entre
            fichiers, pas d’une ressemblance, ou d’une publication plus ancienne.
          </p>
        )}
      </div>
      <section className="litige-side" aria-labelledby="si-je-reponds">
        <h3 id="si-je-reponds">Que se passe-t-il si je réponds…</h3>
        {problem !== undefined && (
          <p className="warning" role="alert">
            {problem}
          </p>
        )}
        <Answers litige={litige} busy={busy} onAnswer={(verdict) => answer(verdict, reason.trim())} />
        <label className="field" htmlFor="pourquoi">
          <span>Pourquoi ? Un mot pour qui relira, sans rien de personnel (facultatif)</span>
        </label>
        <input
          id="pourquoi"
          value={reason}
          maxLength={REASON_MAX}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
      </section>
    </article>
  );
}
