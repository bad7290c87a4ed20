import { JobLabels, type JobRow } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useChange } from '../frame/use-change.tsx';
import { hour, shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';

const STATES: Readonly<Record<JobRow['state'], readonly [word: string, text: string]>> = {
  created: ['todo', 'attend'],
  retry: ['todo', 'attend, à refaire'],
  active: ['doing', 'en cours'],
  completed: ['done', 'fait'],
  cancelled: ['none', 'annulé'],
  failed: ['todo', 'échoué'],
};

function Row({ job }: { readonly job: JobRow }) {
  const client = useQueryClient();
  const { busy, trouble, send } = useChange({ name: `job ${job.jobId}`, values: {} });
  const [word, text] = STATES[job.state];
  const label = JobLabels[job.job] ?? job.job;
  const retry = async () => {
    const work = () => call('retryJob', { params: { jobId: job.jobId } });
    if (await send(work, `${label} : remis dans la file.`))
      await client.invalidateQueries({ queryKey: ['jobs'] });
  };
  return (
    <tr>
      <th scope="row">
        {label}
        <span className="row-sub">{job.job}</span>
      </th>
      <td data-label="État">
        <span className={`word word-${word}`}>{text}</span>
        {job.code !== null && <span className="row-sub">code : {job.code}</span>}
      </td>
      <td data-label="Demandé">
        {shortDate(job.createdAt)} à {hour(job.createdAt)}
        {job.tries > 0 && (
          <span className="row-sub">{counted(job.tries, 'nouvel essai', 'nouveaux essais')}</span>
        )}
      </td>
      <td data-label="Fini">
        {job.endedAt === null ? 'pas encore' : `${shortDate(job.endedAt)} à ${hour(job.endedAt)}`}
      </td>
      <td data-label="Agir">
        {(job.state === 'failed' || job.state === 'cancelled') && (
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() => void retry()}
            aria-label={`Refaire : ${label}, demandé le ${shortDate(job.createdAt)} à ${hour(job.createdAt)}`}
          >
            Refaire
          </button>
        )}
        {trouble}
      </td>
    </tr>
  );
}

const REFRESH_MS = 10_000;

/** Administration, travaux: what the program did by itself, what failed, and to do it again. */
export default function JobsPage() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => call('jobs', {}, signal),
    refetchInterval: REFRESH_MS,
  });
  const failed = data?.jobs.filter(({ state }) => state === 'failed').length ?? 0;
  return (
    <>
      <h1>Travaux</h1>
      <p className="lead">Ce que le programme fait de lui-même. Un travail échoué se refait sans risque.</p>
      {isPending && <Skeleton lines={5} />}
      {error !== null && <Failed error={error} what="les travaux" onRetry={() => void refetch()} />}
      {data && data.jobs.length === 0 && (
        <Empty title="Aucun travail pour l’instant.">
          <p>Ceux du calendrier passent la nuit.</p>
        </Empty>
      )}
      {data && data.jobs.length > 0 && (
        <>
          <p role="status">
            {counted(data.jobs.length, 'travail', 'travaux')}
            {failed > 0 && (
              <>
                , dont <strong>{counted(failed, 'échoué', 'échoués')}</strong>
              </>
            )}
            .
          </p>
          <table className="plain-table admin-table">
            <caption className="visually-hidden">Travaux, ceux qui ont échoué d’abord</caption>
            <thead>
              <tr>
                <th scope="col">Travail</th>
                <th scope="col">État</th>
                <th scope="col">Demandé</th>
                <th scope="col">Fini</th>
                <th scope="col">Agir</th>
              </tr>
            </thead>
            <tbody>
              {data.jobs.map((job) => (
                <Row key={job.jobId} job={job} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
