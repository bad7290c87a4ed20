import { Link } from 'wouter';
import { hasCode } from '../client/problem.ts';
import { useCase } from '../dossier/case-data.ts';
import { NoSuchCase } from '../dossier/case-summary.tsx';
import { usePlatform } from '../frame/platform.ts';
import { Empty, Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { counted, number } from '../words/texts.ts';
import { OnePerson } from './one-person.tsx';
import { type Series, useSeries } from './series.ts';

/** A hundred persons in half an hour. */
const SECONDS_EACH = 18;

function Progress({ done, remaining, deferred }: Series) {
  const total = done + remaining;
  const minutes = Math.max(1, Math.round((remaining * SECONDS_EACH) / 60));
  return (
    <div className="progress">
      <p role="status">
        <strong>
          {number(done)} sur {number(total)}
        </strong>
        {remaining > 0 && `, environ ${counted(minutes, 'minute', 'minutes')} pour finir`}
        {deferred > 0 && ` · ${counted(deferred, 'remis', 'remis')} à plus tard`}
      </p>
      <progress max={Math.max(1, total)} value={done} aria-label="Avancement de la vérification" />
    </div>
  );
}

function Current({
  caseId,
  isNext,
  onAnswered,
  onUndone,
}: {
  readonly caseId: string;
  readonly isNext: boolean;
  readonly onAnswered: () => void;
  readonly onUndone: () => void;
}) {
  const { data: one, error, isPending, refetch } = useCase(caseId);
  if (isPending) return <Skeleton lines={5} height={80} />;
  if (hasCode(error, 'not_found')) return <NoSuchCase />;
  if (one === undefined) return <Failed error={error} what="ce dossier" onRetry={() => void refetch()} />;
  return <OnePerson one={one} isNext={isNext} onAnswered={onAnswered} onUndone={onUndone} />;
}

/** À vérifier: the first work on a new list, one person a screen. */
export default function Verification() {
  const platform = usePlatform();
  const series = useSeries(platform?.platformId);
  if (!platform) return <NoRight what="une plateforme" />;
  const { caseId } = series;
  return (
    <div className="page page-wide">
      <title>À vérifier · Raccroche</title>
      <h1>À vérifier</h1>
      {!series.isPending && series.error === null && <Progress {...series} />}
      {series.isPending && <Skeleton lines={5} height={80} />}
      {series.error !== null && caseId === undefined && (
        <Failed error={series.error} what="les dossiers à vérifier" onRetry={series.retry} />
      )}
      {caseId !== undefined && (
        <Current
          key={caseId}
          caseId={caseId}
          isNext={series.hasBegun}
          onAnswered={() => series.leave(caseId)}
          onUndone={() => series.comeBack(caseId)}
        />
      )}
      {!series.isPending && series.error === null && caseId === undefined && (
        <Empty title="Tout est vérifié.">
          <p>
            {series.deferred > 0
              ? `${counted(series.deferred, 'dossier remis à plus tard reviendra', 'dossiers remis à plus tard reviendront')} ici le jour venu.`
              : 'De nouvelles personnes arriveront à la prochaine publication de la liste.'}
          </p>
          <p>
            <Link className="button" href="/liste?vue=never_called">
              Appeler celles et ceux qui attendent
            </Link>
          </p>
        </Empty>
      )}
    </div>
  );
}
