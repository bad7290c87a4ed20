import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { part } from '../frame/missing-parts.tsx';
import { usePlatform } from '../frame/platform.ts';
import { counted } from '../words/texts.ts';

/** How many questions of identity wait for the reader, with the way there; nothing when none does. */
export function WaitingLitiges() {
  const platform = usePlatform();
  const { data: counts } = useQuery({
    queryKey: ['litiges', platform?.platformId, 'counts'],
    queryFn: async ({ signal }) =>
      (await call('litiges', { query: { platform: platform?.platformId ?? '', limit: 0 } }, signal)).counts,
    enabled: platform !== undefined,
    meta: part('les identités à trancher'),
  });
  const waiting = counts ? counts.to_decide + counts.second_opinion : 0;
  if (waiting === 0) return null;
  return (
    <section className="stack">
      <h2>Qui est qui ?</h2>
      <div className="duty">
        <p>
          <strong>{counted(waiting, 'identité', 'identités')}</strong> à trancher : une personne, ou deux ?
        </p>
        <div className="duty-actions">
          <Link className="button" href="/litiges">
            Trancher
          </Link>
        </div>
      </div>
    </section>
  );
}
