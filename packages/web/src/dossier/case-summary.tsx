import { hasCode } from '../client/problem.ts';
import { useMe } from '../client/session.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { Actions } from './actions.tsx';
import { Band } from './band.tsx';
import { actorName, useCase } from './case-data.ts';
import { LookAlikes } from './look-alikes.tsx';
import { ReferralsPanel } from './referrals-panel.tsx';
import { Timeline } from './timeline.tsx';
import { WhyListed } from './why-listed.tsx';

/** A case that one may not see is not told from one that does not exist. */
export function NoSuchCase() {
  return (
    <Empty title="Ce dossier n’existe pas, ou vous n’y avez pas accès." isPage>
      <p>
        S’il vous a été transmis par un lien, demandez à la personne qui vous l’a envoyé si ce jeune est
        toujours suivi par votre plateforme.
      </p>
    </Empty>
  );
}

/** A case in the drawer of a list. */
export function CaseSummary({
  caseId,
  first,
}: {
  readonly caseId: string;
  /** The form that is open at once. */
  readonly first?: string | undefined;
}) {
  const { data: me } = useMe();
  const { data: one, error, isPending, refetch } = useCase(caseId);
  if (isPending) return <Skeleton lines={6} />;
  if (hasCode(error, 'not_found')) return <NoSuchCase />;
  if (one === undefined) return <Failed error={error} what="ce dossier" onRetry={() => void refetch()} />;
  return (
    <>
      <Band
        one={one}
        referent={one.referent === null ? 'personne' : actorName(one, one.referent, me?.personId)}
      />
      <Actions one={one} first={first} />
      <ReferralsPanel one={one} />
      <WhyListed one={one} />
      <LookAlikes one={one} />
      <Timeline one={one} me={me?.personId} />
    </>
  );
}
