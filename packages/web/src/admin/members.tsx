import type { PendingInvitation, Territory } from '@raccroche/contract';
import { RoleLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { type Me, may, useMe } from '../client/session.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { useChange } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { capital, counted } from '../words/texts.ts';
import { InviteForm } from './invite-form.tsx';
import { MemberRow } from './member-row.tsx';
import { isToConfirm, keyOf, rolesGivenBy } from './role-words.ts';

type Members = RouteOutput<'members'>;

/** The territory of the address; else one's own, where there is somebody at least. */
function chosenOf(
  territories: readonly Territory[],
  asked: string | null,
  me: Me | undefined,
): Territory | undefined {
  const isOwn = ({ kind, id }: Territory) =>
    me?.rights.some(({ territoryKind, territoryId }) => territoryKind === kind && territoryId === id);
  return territories.find((one) => keyOf(one) === asked) ?? territories.find(isOwn) ?? territories[0];
}

function Choose({
  territories,
  chosen,
}: {
  readonly territories: readonly Territory[];
  readonly chosen: Territory;
}) {
  const [, setUrl] = useUrlState();
  if (territories.length < 2) return <p className="lead">{chosen.name}</p>;
  return (
    <label className="field admin-choose">
      <span>Territoire</span>
      <select
        value={keyOf(chosen)}
        onChange={(event) =>
          setUrl({ territoire: event.target.value, faire: undefined, droit: undefined }, { replace: true })
        }
      >
        {territories.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function InvitationRow({
  invitation,
  mayRevoke,
}: {
  readonly invitation: PendingInvitation;
  readonly mayRevoke: boolean;
}) {
  const client = useQueryClient();
  const { busy, trouble, send } = useChange({ name: `invitation ${invitation.invitationId}`, values: {} });
  const revoke = async () => {
    const { invitationId, email } = invitation;
    const done = `Invitation de ${email} retirée : son adresse n’ouvre plus rien.`;
    if (await send(() => call('revokeInvitation', { params: { invitationId } }), done))
      await client.invalidateQueries({ queryKey: ['members'] });
  };
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <strong>{invitation.email}</strong>
        </p>
        <p>
          {capital(RoleLabels[invitation.role])} · {invitation.organisation}
        </p>
        <p className="quiet">
          Invitation de {invitation.invitedBy}, valable jusqu’au {shortDate(invitation.expiresAt)}.
        </p>
        {trouble}
      </div>
      {mayRevoke && (
        <div className="duty-actions">
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() => void revoke()}
            aria-label={`Retirer l’invitation de ${invitation.email}`}
          >
            Retirer
          </button>
        </div>
      )}
    </li>
  );
}

function MemberList({
  me,
  data,
  territory,
}: {
  readonly me: Me;
  readonly data: Members;
  readonly territory: Territory;
}) {
  const given = rolesGivenBy(me, territory);
  const toConfirm = data.members.filter((one) => given.includes(one.role) && isToConfirm(one, today()));
  return (
    <>
      <p role="status">
        {counted(data.members.length, 'droit', 'droits')}
        {data.invitations.length > 0 &&
          `, ${counted(data.invitations.length, 'invitation en attente', 'invitations en attente')}`}
        {toConfirm.length > 0 && (
          <>
            {' '}
            · <strong>{counted(toConfirm.length, 'à confirmer', 'à confirmer')}</strong> : personne n’en a
            répondu depuis six mois
          </>
        )}
        .
      </p>
      {data.members.length === 0 && (
        <Empty title="Personne n’a de droit sur ce territoire.">
          {given.length > 0 && <p>« Inviter quelqu’un » en donne un.</p>}
        </Empty>
      )}
      <ul>
        {data.members.map((member) => (
          <MemberRow
            key={member.membershipId}
            member={member}
            isMe={member.personId === me.personId}
            mayChange={given.includes(member.role)}
          />
        ))}
      </ul>
      {data.invitations.length > 0 && (
        <section className="stack">
          <h2>Invitations en attente</h2>
          <ul>
            {data.invitations.map((one) => (
              <InvitationRow key={one.invitationId} invitation={one} mayRevoke={given.includes(one.role)} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Members({ me, territory }: { readonly me: Me; readonly territory: Territory }) {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['members', keyOf(territory)],
    queryFn: ({ signal }) => call('members', { query: { kind: territory.kind, id: territory.id } }, signal),
  });
  const mayInvite = rolesGivenBy(me, territory).length > 0 || territory.kind === 'department';
  const inviting = url.get('faire') === 'inviter';
  return (
    <>
      {may(me, 'member.manage') && mayInvite && !inviting && (
        <p className="actions">
          <button type="button" className="button" onClick={() => setUrl({ faire: 'inviter' })}>
            Inviter quelqu’un
          </button>
        </p>
      )}
      {inviting && (
        <InviteForm
          key={keyOf(territory)}
          me={me}
          territory={territory}
          onDone={() => setUrl({ faire: undefined })}
        />
      )}
      {isPending && <Skeleton lines={4} height={84} />}
      {error !== null && <Failed error={error} what="les membres" onRetry={() => void refetch()} />}
      {data && <MemberList me={me} data={data} territory={territory} />}
    </>
  );
}

/** Rights of other territories for which nobody has answered for six months: where they are. */
function ToConfirmElsewhere({
  territories,
  chosen,
}: {
  readonly territories: readonly Territory[];
  readonly chosen: Territory;
}) {
  const { data } = useQuery({
    queryKey: ['members', 'to-confirm'],
    queryFn: ({ signal }) => call('rightsToConfirm', {}, signal),
  });
  const counts = new Map<string, number>();
  for (const { territoryKind: kind, territoryId: id } of data?.rights ?? [])
    counts.set(keyOf({ kind, id }), (counts.get(keyOf({ kind, id })) ?? 0) + 1);
  const elsewhere = territories.filter((one) => one !== chosen && counts.has(keyOf(one)));
  if (elsewhere.length === 0) return null;
  return (
    <details className="admin-details">
      <summary>
        Aussi à confirmer sur {counted(elsewhere.length, 'autre territoire', 'autres territoires')}
      </summary>
      <ul>
        {elsewhere.map((one) => (
          <li key={keyOf(one)}>
            <Link href={`/reseau?territoire=${keyOf(one)}`}>{one.name}</Link>
            {' : '}
            {counted(counts.get(keyOf(one)) ?? 0, 'droit', 'droits')}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Réseau, membres: who has which right over a territory, until when, and who answered for it. */
export function MembersPage() {
  const [url] = useUrlState();
  const { data: me } = useMe();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['territories'],
    queryFn: ({ signal }) => call('territories', {}, signal),
  });
  const chosen = chosenOf(data?.territories ?? [], url.get('territoire'), me ?? undefined);
  return (
    <>
      <h1>Membres</h1>
      {isPending && <Skeleton lines={4} height={84} />}
      {error !== null && <Failed error={error} what="vos territoires" onRetry={() => void refetch()} />}
      {data && !chosen && <Empty title="Aucun territoire n’est à vous." />}
      {data && me && chosen && (
        <>
          <Choose territories={data.territories} chosen={chosen} />
          {may(me, 'member.manage') && <ToConfirmElsewhere territories={data.territories} chosen={chosen} />}
          <Members me={me} territory={chosen} />
        </>
      )}
    </>
  );
}
