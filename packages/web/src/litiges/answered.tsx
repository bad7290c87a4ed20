import type { Litige } from '@raccroche/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { today } from '../client/clock.ts';
import { ApiProblem } from '../client/problem.ts';
import { useMe } from '../client/session.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { longDate } from '../words/dates.ts';
import { capital, french } from '../words/texts.ts';
import { litigeKey, question, VERDICT_WORDS } from './litige-words.ts';
import { useLitiges } from './series.ts';
import { useWithdraw } from './use-answer.ts';

const STANDINGS: Partial<Record<Litige['state'], string>> = {
  waiting: 'attend un second avis',
  set_aside: 'mis de côté : deux personnes ne savent pas',
};

function Item({
  litige,
  onTakenBack,
}: {
  readonly litige: Litige;
  readonly onTakenBack: (key: string) => void;
}) {
  const { data: me } = useMe();
  const withdraw = useWithdraw();
  const [problem, setProblem] = useState<string>();
  const [last] = litige.decisions;
  if (last === undefined) return null;
  const isMine = last.decidedBy === me?.personId;
  const takeBack = async () => {
    try {
      await withdraw(last.decisionId);
      onTakenBack(litigeKey(litige));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'Connexion perdue : rien n’a été repris.');
    }
  };
  return (
    <li className="duty">
      <div>
        <p className="duty-who">{french(question(litige))}</p>
        <p>
          {isMine ? 'Vous' : (last.decidedByName ?? capital(last.role))}, {longDate(last.decidedOn, today())}
          {'\u00A0'}: <strong>{VERDICT_WORDS[litige.kind][last.verdict].toLowerCase()}</strong>
          {STANDINGS[litige.state] !== undefined && ` (${STANDINGS[litige.state]})`}
        </p>
        {problem !== undefined && (
          <p className="warning" role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className="duty-actions">
        {isMine ? (
          <button type="button" className="button button-quiet" onClick={() => void takeBack()}>
            Reprendre ma réponse
          </button>
        ) : (
          <Link className="button button-quiet" href={`/litiges?question=${litigeKey(litige)}`}>
            Revoir
          </Link>
        )}
      </div>
    </li>
  );
}

/** What was answered, the latest first: one takes one's own back, or looks again at a colleague's. */
export function Answered({
  platform,
  onTakenBack,
}: {
  readonly platform: string;
  readonly onTakenBack: (key: string) => void;
}) {
  const { data, error, isPending, refetch } = useLitiges(platform, 'answered');
  if (isPending) return <Skeleton lines={2} height={80} />;
  if (data === undefined)
    return <Failed error={error} what="les réponses données" onRetry={() => void refetch()} />;
  if (data.litiges.length === 0) return null;
  return (
    <section aria-labelledby="reponses">
      <h2 id="reponses">Réponses données</h2>
      <p className="quiet">
        La prochaine campagne en tiendra compte. Jusque-là, chacun peut reprendre la sienne.
      </p>
      <ul>
        {data.litiges.map((litige) => (
          <Item key={litigeKey(litige)} litige={litige} onTakenBack={onTakenBack} />
        ))}
      </ul>
    </section>
  );
}
