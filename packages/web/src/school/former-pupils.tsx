import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { longDate, shortDate } from '../words/dates.ts';
import { capital, counted, listName } from '../words/texts.ts';
import { AnswerCard, type OnAnswer } from './answer-card.tsx';
import { PupilTable } from './pupil-table.tsx';
import { isKnown, joinPupils, type Pupil } from './pupils.ts';
import { SchoolContacts } from './school-contacts.tsx';
import { SignalForm } from './signal-form.tsx';

const SHOWN = {
  toutes: 'Tout le monde',
  inconnues: 'Situation inconnue',
  connues: 'Situation connue',
} as const;
type Shown = keyof typeof SHOWN;
const isShown = (shown: Shown, pupil: Pupil) =>
  shown === 'toutes' || isKnown(pupil) === (shown === 'connues');

function usePupils() {
  const states = useQuery({
    queryKey: ['former-pupils'],
    queryFn: ({ signal }) => call('formerPupils', {}, signal),
  });
  const said = useQuery({
    queryKey: ['school-pupils'],
    queryFn: ({ signal }) => call('schoolPupils', {}, signal),
  });
  return {
    pupils: states.data && said.data ? joinPupils(states.data.pupils, said.data.pupils) : undefined,
    error: states.error ?? said.error,
    retry: () => {
      void states.refetch();
      void said.refetch();
    },
  };
}

/** Questions of platforms that wait for this school. */
function Asked({
  pupils,
  onAnswer,
}: {
  readonly pupils: readonly Pupil[];
  readonly onAnswer: (caseId: string) => OnAnswer;
}) {
  return (
    <section className="school-part" aria-labelledby="demande">
      <h2 id="demande">
        On vous demande <span className="count">{pupils.length}</span>
      </h2>
      {pupils.length === 0 ? (
        <p className="quiet">Aucune question en attente. Merci.</p>
      ) : (
        pupils.map((pupil) => (
          <AnswerCard
            key={pupil.caseId}
            name={listName(pupil)}
            heading="h3"
            onAnswer={onAnswer(pupil.caseId)}
          >
            <p className="quiet">
              {capital(pupil.lastTraining ?? 'formation non connue')}
              {pupil.leftOn !== null && `, jusqu’au ${shortDate(pupil.leftOn)}`}
              {` · demandé ${longDate(pupil.askedAt ?? '', today())} par ${[pupil.askedBy, pupil.platform].filter((part) => part !== null).join(', ')}`}
            </p>
          </AnswerCard>
        ))
      )}
    </section>
  );
}

function Everybody({
  pupils,
  onAnswer,
}: {
  readonly pupils: readonly Pupil[];
  readonly onAnswer: (caseId: string) => OnAnswer;
}) {
  const [url, setUrl] = useUrlState();
  const shown = (Object.keys(SHOWN) as Shown[]).find((one) => one === url.get('montrer')) ?? 'toutes';
  const unknown = pupils.filter((pupil) => !isKnown(pupil)).length;
  const rows = pupils.filter((pupil) => isShown(shown, pupil));
  return (
    <section className="school-part" aria-labelledby="tous">
      <h2 id="tous">Ce qu’ils sont devenus</h2>
      <p role="status">
        {counted(pupils.length, 'ancien élève', 'anciens élèves')}, dont{' '}
        <strong>{counted(unknown, 'situation inconnue', 'situations inconnues')}</strong>.
      </p>
      <p className="quiet">
        Vous est dit : où ils sont entrés (formation, emploi, service civique), et ce que la plateforme a
        vérifié. Ne vous est pas dit : comment ils ont été joints, ce qu’ils ont dit, pourquoi une solution
        n’a pas abouti.
      </p>
      <fieldset className="choices choices-small">
        <legend className="visually-hidden">Montrer</legend>
        {(Object.keys(SHOWN) as Shown[]).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="montrer"
              checked={shown === one}
              onChange={() => setUrl({ montrer: one === 'toutes' ? undefined : one }, { replace: true })}
            />
            {SHOWN[one]}
          </label>
        ))}
      </fieldset>
      {rows.length === 0 ? (
        <Empty
          title={shown === 'inconnues' ? 'Tous ont une situation connue.' : 'Personne ici pour l’instant.'}
        />
      ) : (
        <PupilTable pupils={rows} onAnswer={onAnswer} />
      )}
    </section>
  );
}

/** L'établissement: what is asked of it, what became of those who left it, and telling of one more. */
export default function FormerPupils() {
  const client = useQueryClient();
  const [url, setUrl] = useUrlState();
  const { pupils, error, retry } = usePupils();
  const onAnswer =
    (caseId: string): OnAnswer =>
    async (answer, place) => {
      await call('answerAsHead', { body: { caseId, answer, ...(place === undefined ? {} : { place }) } });
      // The card says what was kept; the lists are read again when one comes back to them.
      void client.invalidateQueries({ queryKey: ['school-pupils'], refetchType: 'none' });
    };
  const signalling = url.get('faire') === 'signaler';
  return (
    <div className="page page-wide">
      <title>Anciens élèves · Raccroche</title>
      <h1>Vos anciens élèves</h1>
      <p className="lead">
        Celles et ceux qui ont quitté votre établissement sans diplôme ni autre formation connue.
      </p>
      {signalling ? (
        <SignalForm onDone={() => setUrl({ faire: undefined })} />
      ) : (
        <p>
          <button type="button" className="button" onClick={() => setUrl({ faire: 'signaler' })}>
            Signaler un élève parti
          </button>
        </p>
      )}
      {pupils === undefined && error === null && <Skeleton lines={8} />}
      {pupils === undefined && error !== null && (
        <Failed error={error} what="vos anciens élèves" onRetry={retry} />
      )}
      {pupils?.length === 0 && (
        <Empty title="Aucun ancien élève n’est sur la liste.">
          <p>La prochaine publication vous dira s’il y en a de nouveaux.</p>
        </Empty>
      )}
      {pupils !== undefined && pupils.length > 0 && (
        <>
          <Asked pupils={pupils.filter(({ askedAt }) => askedAt !== null)} onAnswer={onAnswer} />
          <Everybody pupils={pupils} onAnswer={onAnswer} />
        </>
      )}
      <SchoolContacts />
    </div>
  );
}
