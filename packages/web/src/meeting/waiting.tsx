import { Link } from 'wouter';
import { may, useMe } from '../client/session.ts';

/** The way to the meeting, for those who lead. */
export function MeetingLink() {
  const { data: me } = useMe();
  if (!me || !may(me, 'meeting.hold')) return null;
  return (
    <section className="stack">
      <h2>Réunion mensuelle</h2>
      <div className="duty">
        <p>L’ordre du jour se prépare tout seul, et peut être repris où il en était.</p>
        <div className="duty-actions">
          <Link className="button button-quiet" href="/reunion">
            Ouvrir la réunion
          </Link>
        </div>
      </div>
    </section>
  );
}
