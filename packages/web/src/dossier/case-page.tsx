import { Link } from 'wouter';
import { hasCode } from '../client/problem.ts';
import { useMe } from '../client/session.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Updated } from '../frame/updated.tsx';
import { SchoolPanel } from '../schools/school-panel.tsx';
import { Actions } from './actions.tsx';
import { Band } from './band.tsx';
import { actorName, useCase } from './case-data.ts';
import { NoSuchCase } from './case-summary.tsx';
import { InformationPanel } from './information.tsx';
import { LookAlikes } from './look-alikes.tsx';
import { Notes } from './notes.tsx';
import { ObligationPanel } from './obligation.tsx';
import { Papers } from './papers.tsx';
import { PathwayStrip } from './pathway-strip.tsx';
import { Readers } from './readers.tsx';
import { ReferralsPanel } from './referrals-panel.tsx';
import { Timeline } from './timeline.tsx';
import { WhyListed } from './why-listed.tsx';

/** Le dossier: one page that a colleague understands in ten seconds. */
export default function CasePage({ caseId }: { readonly caseId: string }) {
  const { data: me } = useMe();
  const { data: one, error, isPending, refetch } = useCase(caseId);
  if (isPending) return <Skeleton lines={8} />;
  if (hasCode(error, 'not_found')) return <NoSuchCase />;
  if (one === undefined) return <Failed error={error} what="ce dossier" onRetry={() => void refetch()} />;
  const back = one.platformId === null ? '/liste' : `/liste?plateforme=${one.platformId}`;
  return (
    <div className="case-page">
      <title>Dossier · Raccroche</title>
      <p>
        <Link href={back}>Retour à la liste</Link>
      </p>
      <Updated of="case" />
      <Band
        one={one}
        referent={one.referent === null ? 'personne' : actorName(one, one.referent, me?.personId)}
      />
      <div className="case-columns">
        <aside className="case-actions" aria-label="Actions">
          <Actions one={one} />
        </aside>
        <div>
          <ObligationPanel one={one} />
          <SchoolPanel one={one} />
          <InformationPanel one={one} />
          <ReferralsPanel one={one} />
          <LookAlikes one={one} />
          <Notes one={one} />
          <Timeline one={one} me={me?.personId} />
          <PathwayStrip one={one} />
          <Papers one={one} />
          <WhyListed one={one} />
          <Readers one={one} />
        </div>
      </div>
    </div>
  );
}
