import type { Territory } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { useMe } from '../client/session.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { Designations } from './designations.tsx';
import { holdsOver } from './role-words.ts';
import { Zone } from './zone.tsx';

/** A platform: by which acts it is designated, which communes it has, since and until when. */
export default function PlatformPage({ platformId }: { readonly platformId: string }) {
  const { data: me } = useMe();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['network'],
    queryFn: ({ signal }) => call('network', {}, signal),
  });
  const platform = data?.platforms.find((one) => one.platformId === platformId);
  if (isPending) return <Skeleton lines={5} />;
  if (error !== null) return <Failed error={error} what="cette plateforme" onRetry={() => void refetch()} />;
  if (!platform || !me) return <Empty isPage title="Cette plateforme n’est pas sur votre territoire." />;
  const territory: Territory = {
    kind: 'platform',
    id: platformId,
    name: platform.name,
    region: platform.region,
    department: platform.department,
  };
  return (
    <>
      <p>
        <Link href="/reseau/plateformes">Toutes les plateformes</Link>
      </p>
      <h1>{platform.name}</h1>
      <p className="lead">
        {platform.departmentName} ({platform.department}), région {platform.regionName}
      </p>
      <Designations platformId={platformId} mayWrite={holdsOver(me, 'designation.write', territory)} />
      <Zone platform={platform} mayWrite={holdsOver(me, 'zone.write', territory)} />
    </>
  );
}
