import { usePlatform } from '../frame/platform.ts';
import { Empty, Failed, NoRight, Skeleton } from '../frame/states.tsx';
import { counted, number } from '../words/texts.ts';
import { Answered } from './answered.tsx';
import { litigeKey } from './litige-words.ts';
import { OneLitige } from './one-litige.tsx';
import { type Series, useSeries } from './series.ts';
import '../style/litiges.css';

function Progress({ answered, remaining, waiting }: Series) {
  const total = answered + remaining;
  return (
    <div className="progress">
      <p role="status">
        <strong>
          {number(answered)} sur {number(total)}
        </strong>
        {waiting > 0 && ` · ${counted(waiting, 'attend', 'attendent')} un second avis`}
      </p>
      <progress max={Math.max(1, total)} value={answered} aria-label="Avancement" />
    </div>
  );
}

/** Identités à trancher: one question a screen, in series. */
export default function Litiges() {
  const platform = usePlatform();
  const series = useSeries(platform?.platformId);
  if (!platform) return <NoRight what="une plateforme" />;
  const { litige } = series;
  const ready = !series.isPending && series.error === null;
  return (
    <div className="page page-wide">
      <title>Identités à trancher · Raccroche</title>
      <h1>Identités à trancher</h1>
      {ready && <Progress {...series} />}
      {series.isPending && <Skeleton lines={5} height={80} />}
      {series.error !== null && (
        <Failed error={series.error} what="les identités à trancher" onRetry={series.retry} />
      )}
      {ready && litige !== undefined && (
        <OneLitige
          key={litigeKey(litige)}
          litige={litige}
          isNext={series.hasBegun}
          onAnswered={() => series.leave(litigeKey(litige))}
          onUndone={() => series.comeBack(litigeKey(litige))}
        />
      )}
      {ready && litige === undefined && (
        <Empty title="Il n’y a rien à trancher.">
          <p>La prochaine publication dira s’il reste des doutes sur qui est qui.</p>
        </Empty>
      )}
      {ready && <Answered platform={platform.platformId} onTakenBack={series.comeBack} />}
    </div>
  );
}
