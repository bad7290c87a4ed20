import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { useCase } from '../dossier/case-data.ts';
import { InterviewForm } from '../dossier/interview-form.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { hour, longDate, shortDate } from '../words/dates.ts';
import { counted, fullName, listName } from '../words/texts.ts';

/** What is being set from the agenda. */
export type Doing =
  | { readonly kind: 'new'; readonly at?: string }
  | { readonly kind: 'move'; readonly caseId: string };

const SHORTEST = 2;

/** Whom the appointment is with: a few letters, one press. */
function PersonPicker({
  platform,
  onChoose,
}: {
  readonly platform: string;
  readonly onChoose: (caseId: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const wanted = typed.trim();
  const { data } = useQuery({
    queryKey: ['search', wanted, platform],
    queryFn: ({ signal }) => call('search', { query: { q: wanted } }, signal),
    enabled: wanted.length >= SHORTEST,
    gcTime: 0,
  });
  const found = wanted.length < SHORTEST ? [] : (data?.found ?? []);
  return (
    <>
      <label className="field">
        <span>Avec qui ?</span>
        <input
          ref={field}
          type="text"
          autoComplete="off"
          placeholder="Nom, date de naissance ou téléphone"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p className="visually-hidden" role="status">
        {wanted.length >= SHORTEST && data
          ? counted(found.length, 'personne trouvée', 'personnes trouvées')
          : ''}
      </p>
      {wanted.length >= SHORTEST && data && found.length === 0 && (
        <p>Personne de ce nom parmi ceux que vous pouvez voir.</p>
      )}
      <ul className="picker">
        {found.map(({ case: one }) => (
          <li key={one.caseId}>
            <button type="button" className="choice" onClick={() => onChoose(one.caseId)}>
              <strong>{listName(one)}</strong> {shortDate(one.birthDate)}
              {one.communeName !== null && ` · ${one.communeName}`}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function ForCase({
  caseId,
  at,
  onDone,
}: {
  readonly caseId: string;
  readonly at: string | undefined;
  readonly onDone: () => void;
}) {
  const { data: one, error, refetch } = useCase(caseId);
  if (error !== null && one === undefined)
    return <Failed error={error} what="ce dossier" onRetry={() => void refetch()} />;
  if (one === undefined) return <Skeleton lines={3} />;
  return (
    <>
      <p>
        <strong>{fullName(one)}</strong>, {one.age} ans {one.minor && <span className="tag">mineur</span>}
      </p>
      <InterviewForm one={one} onDone={onDone} at={at} />
    </>
  );
}

/** A new appointment, or another hour for one that is set. */
export function DoingPanel({
  doing,
  platform,
  onDone,
}: {
  readonly doing: Doing;
  readonly platform: string;
  readonly onDone: () => void;
}) {
  const [chosen, setChosen] = useState<string>();
  const caseId = doing.kind === 'move' ? doing.caseId : chosen;
  const at = doing.kind === 'new' ? doing.at : undefined;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section ref={panel} className="panel agenda-doing" aria-labelledby="a-faire">
      <h2 id="a-faire">{doing.kind === 'move' ? 'Déplacer le rendez-vous' : 'Nouveau rendez-vous'}</h2>
      {at !== undefined && (
        <p className="quiet">
          {longDate(at, today())} à {hour(at)}
        </p>
      )}
      {caseId === undefined ? (
        <>
          <PersonPicker platform={platform} onChoose={setChosen} />
          <p>
            <button type="button" className="button button-quiet" onClick={onDone}>
              Ne rien fixer
            </button>
          </p>
        </>
      ) : (
        <ForCase caseId={caseId} at={at} onDone={onDone} />
      )}
    </section>
  );
}
