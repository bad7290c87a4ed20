import type { Duty, SchoolAnswerRow } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Older } from '../frame/older.tsx';
import { usePlatform } from '../frame/platform.ts';
import { Empty, Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { Updated } from '../frame/updated.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { WaitingLitiges } from '../litiges/waiting.tsx';
import { MeetingLink } from '../meeting/waiting.tsx';
import { answersSentence, SchoolAnswers } from '../schools/school-answers.tsx';
import { useSchoolAnswers } from '../schools/school-data.ts';
import { longDate, shortDate } from '../words/dates.ts';
import { capital, counted } from '../words/texts.ts';
import { Drawer } from '../worklist/drawer.tsx';
import { CaseNotices } from './case-notices.tsx';
import { DutyRow } from './duty-row.tsx';
import { RequestRow, useRequests } from './requests.tsx';

type Day = RouteOutput<'myDay'>;
type Requested = ReturnType<typeof useRequests>;

/** In order of harm if forgotten. */
const STACKS = [
  ['deadlines', 'Échéances', 'échéance légale', 'échéances légales'],
  ['callBacks', 'À rappeler', 'rappel à passer', 'rappels à passer'],
  ['appointments', 'Rendez-vous', 'rendez-vous', 'rendez-vous'],
  ['referrals', 'Propositions à des structures', 'proposition à suivre', 'propositions à suivre'],
  ['situations', 'Situations à confirmer', 'situation à confirmer', 'situations à confirmer'],
] as const;

function sentence(day: Day, requests: number, answers: number): string {
  const parts = STACKS.flatMap(([key, , one, several]) =>
    day[key].length === 0 ? [] : [counted(day[key].length, one, several)],
  );
  if (requests > 0)
    parts.push(counted(requests, 'demande d’une autre plateforme', 'demandes d’autres plateformes'));
  if (answers > 0) parts.push(answersSentence(answers));
  if (day.toVerify > 0) parts.push(counted(day.toVerify, 'personne à vérifier', 'personnes à vérifier'));
  return parts.length === 0 ? 'Rien d’urgent aujourd’hui.' : `${parts.join(', ')}.`;
}

function Stack({ title, duties }: { readonly title: string; readonly duties: readonly Duty[] }) {
  if (duties.length === 0) return null;
  return (
    <section className="stack">
      <h2>
        {title} <span className="count">{duties.length}</span>
      </h2>
      <ul>
        {duties.map((duty) => (
          <DutyRow key={`${duty.item} ${duty.case.caseId}`} duty={duty} />
        ))}
      </ul>
    </section>
  );
}

function Whose() {
  const [url, setUrl] = useUrlState();
  const all = url.get('qui') === 'tous';
  return (
    <fieldset className="choices choices-small">
      <legend className="visually-hidden">Montrer</legend>
      <label>
        <input
          type="radio"
          name="qui"
          checked={!all}
          onChange={() => setUrl({ qui: undefined }, { replace: true })}
        />
        Mes dossiers et ceux de personne
      </label>
      <label>
        <input
          type="radio"
          name="qui"
          checked={all}
          onChange={() => setUrl({ qui: 'tous' }, { replace: true })}
        />
        Toute la plateforme
      </label>
    </fieldset>
  );
}

/** What a partner did or asked. */
function Requests({ asked: { requests, more } }: { readonly asked: Requested }) {
  if (requests.length === 0) return null;
  return (
    <section className="stack">
      <h2>
        Réponses et relances <span className="count">{requests.length}</span>
      </h2>
      <ul>
        {requests.map((asked) => (
          <RequestRow key={asked.requestId} asked={asked} way="platform" />
        ))}
      </ul>
      <Older {...more} label="Les suivantes" />
    </section>
  );
}

type Replacement = Day['replacements'][number];

function replacementWords({ mine, displayName, validFrom, validTo }: Replacement): string {
  const when =
    validFrom <= today()
      ? `jusqu’au ${shortDate(validTo)}`
      : `du ${shortDate(validFrom)} au ${shortDate(validTo)}`;
  const begun = validFrom <= today();
  if (mine === 'substitute') return `Vous ${begun ? 'remplacez' : 'remplacerez'} ${displayName} ${when}.`;
  return `${displayName} vous ${begun ? 'remplace' : 'remplacera'} ${when}.`;
}

function Replacements({ replacements }: { readonly replacements: readonly Replacement[] }) {
  return replacements.map((one) => (
    <p key={`${one.mine} ${one.displayName} ${one.validFrom}`} className="quiet">
      {replacementWords(one)}
    </p>
  ));
}

interface Content {
  readonly day: Day;
  readonly asked: Requested;
  readonly answers: readonly SchoolAnswerRow[];
}

function DayContent({ day, asked, answers }: Content) {
  const { requests } = asked;
  const nothing =
    requests.length === 0 && answers.length === 0 && STACKS.every(([key]) => day[key].length === 0);
  return (
    <>
      <p className="lead" role="status">
        {sentence(day, requests.length, answers.length)}
        {day.done > 0 && ` ${counted(day.done, 'dossier avancé', 'dossiers avancés')} aujourd’hui.`}
      </p>
      <Updated of="my-day" />
      <Replacements replacements={day.replacements} />
      {STACKS.map(([key, title]) => (
        <Stack key={key} title={title} duties={day[key]} />
      ))}
      <SchoolAnswers answers={answers} />
      <Requests asked={asked} />
      {day.toVerify > 0 && (
        <section className="stack">
          <h2>Nouvelles entrées</h2>
          <div className="duty">
            <p>
              <strong>{counted(day.toVerify, 'personne', 'personnes')}</strong> de la liste{' '}
              {day.toVerify === 1 ? 'attend' : 'attendent'} d’être{' '}
              {day.toVerify === 1 ? 'vérifiée' : 'vérifiées'}.
            </p>
            <div className="duty-actions">
              <Link className="button" href="/a-verifier">
                Vérifier
              </Link>
            </div>
          </div>
        </section>
      )}
      <WaitingLitiges />
      {nothing && day.toVerify === 0 && <Empty title="Tout est traité." />}
      <MeetingLink />
      {day.later > 0 && (
        <p className="quiet">{counted(day.later, 'chose remise', 'choses remises')} à plus tard.</p>
      )}
    </>
  );
}

/** Ma journée: what needs me now. */
export default function MyDay() {
  const platform = usePlatform();
  const [url] = useUrlState();
  const answers = useSchoolAnswers(platform?.platformId);
  const whose = url.get('qui') === 'tous' ? 'platform' : 'mine';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['my-day', platform?.platformId, whose],
    queryFn: ({ signal }) =>
      call('myDay', { query: { platform: platform?.platformId ?? '', whose } }, signal),
    enabled: platform !== undefined,
  });
  const asked = useRequests('platform', platform?.platformId);
  if (!platform) return <NoRight what="une plateforme" />;
  return (
    <div className="page my-day">
      <title>Ma journée · Raccroche</title>
      <h1>{capital(longDate(today(), today()))}</h1>
      <Whose />
      {isPending && <Skeleton lines={5} height={80} />}
      {data === undefined && error !== null && (
        <Failed error={error} what="votre journée" onRetry={() => void refetch()} />
      )}
      {data && <DayContent day={data} asked={asked} answers={answers} />}
      <CaseNotices platform={platform.platformId} />
      <Drawer />
    </div>
  );
}
