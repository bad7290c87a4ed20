import {
  CaseOutcomeLabels,
  type FormerPupil,
  RefutationLabels,
  SolutionKindLabels,
  VerificationLabels,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { shortDate } from '../words/dates.ts';
import { capital, counted, listName } from '../words/texts.ts';

const SHOWN = {
  toutes: 'Tout le monde',
  inconnues: 'Situation inconnue',
  connues: 'Situation connue',
} as const;
type Shown = keyof typeof SHOWN;

const isKnown = ({ verification }: FormerPupil) => verification !== 'to_verify';
const isShown = (shown: Shown, pupil: FormerPupil) =>
  shown === 'toutes' || isKnown(pupil) === (shown === 'connues');

function becameWords({ verification, verificationReason, listed, destination }: FormerPupil): string {
  if (destination !== null) return capital({ ...SolutionKindLabels, ...CaseOutcomeLabels }[destination]);
  if (verificationReason !== null) return capital(RefutationLabels[verificationReason]);
  if (!listed) return 'N’est plus sur la liste';
  return verification === 'to_verify'
    ? 'Pas encore vérifié par la plateforme'
    : capital(VerificationLabels[verification]);
}

function PupilTable({ pupils }: { readonly pupils: readonly FormerPupil[] }) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Anciens élèves</caption>
      <thead>
        <tr>
          <th scope="col">Nom</th>
          <th scope="col">Ce que la plateforme en sait</th>
        </tr>
      </thead>
      <tbody>
        {pupils.map((pupil) => (
          <tr key={pupil.caseId}>
            <th scope="row">
              {listName(pupil)}
              <span className="row-sub">naissance le {shortDate(pupil.birthDate)}</span>
            </th>
            <td>
              <span className={`word word-${isKnown(pupil) ? 'done' : 'todo'}`}>{becameWords(pupil)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** L'établissement: what became of those who left it. */
export default function FormerPupils() {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['former-pupils'],
    queryFn: ({ signal }) => call('formerPupils', {}, signal),
  });
  const shown = (Object.keys(SHOWN) as Shown[]).find((one) => one === url.get('montrer')) ?? 'toutes';
  const pupils = data?.pupils ?? [];
  const unknown = pupils.filter((pupil) => !isKnown(pupil)).length;
  const rows = pupils.filter((pupil) => isShown(shown, pupil));
  return (
    <div className="page page-wide">
      <title>Anciens élèves · Raccroche</title>
      <h1>Vos anciens élèves</h1>
      <p className="lead">
        Celles et ceux qui ont quitté votre établissement sans diplôme ni autre formation connue. Vous voyez
        où en est la vérification, jamais les contacts ni le suivi.
      </p>
      {isPending && <Skeleton lines={8} />}
      {error !== null && <Failed error={error} what="vos anciens élèves" onRetry={() => void refetch()} />}
      {data && pupils.length === 0 && (
        <Empty title="Aucun ancien élève n’est sur la liste.">
          <p>La prochaine publication vous dira s’il y en a de nouveaux.</p>
        </Empty>
      )}
      {pupils.length > 0 && (
        <>
          <p role="status">
            {counted(pupils.length, 'ancien élève', 'anciens élèves')}, dont{' '}
            <strong>{counted(unknown, 'situation inconnue', 'situations inconnues')}</strong>.
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
          {rows.length === 0 ? <Empty title="Personne ici." /> : <PupilTable pupils={rows} />}
        </>
      )}
    </div>
  );
}
