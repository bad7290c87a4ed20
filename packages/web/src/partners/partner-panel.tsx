import { type Partner, PartnerKindLabels, PartnerScopeLabels } from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { type Me, useMe } from '../client/session.ts';
import { type Change, useChange } from '../frame/use-change.tsx';
import { shortDate, since } from '../words/dates.ts';
import { capital, french } from '../words/texts.ts';
import { PartnerMessages } from './partner-messages.tsx';
import { useRefreshPartners } from './refresh.ts';

const OVERLAP_DAYS = 7;

function stateOf({ revokedAt, inForce, validFrom }: Partner): readonly [string, string] {
  if (revokedAt !== null) return [`coupé le ${shortDate(revokedAt)}`, 'none'];
  if (inForce) return ['relié', 'done'];
  return validFrom > today() ? [`à partir du ${shortDate(validFrom)}`, 'doing'] : ['échu', 'todo'];
}

const placesOf = ({ territories }: Partner, me: Me | null | undefined) =>
  territories
    .map(({ kind, id }) =>
      kind === 'platform' ? (me?.platforms.find((one) => one.platformId === id)?.name ?? id) : id,
    )
    .join(', ');

function Secrets({ partner, change }: { readonly partner: Partner; readonly change: Change }) {
  const refresh = useRefreshPartners();
  const withdraw = async (secretId: string) => {
    const params = { partnerId: partner.partnerId, secretId };
    await change.send(() => call('revokePartnerSecret', { params }), 'Secret retiré.');
    await refresh();
  };
  return (
    <ul className="partner-secrets">
      {partner.secrets.map(({ secretId, prefix, madeAt, expiresAt, lastUsedAt }) => (
        <li key={secretId}>
          <code>{prefix}…</code>{' '}
          <span className="quiet">
            donné le {shortDate(madeAt)},{' '}
            {lastUsedAt === null ? 'jamais utilisé' : `utilisé ${since(lastUsedAt, today())}`}
            {expiresAt !== null && `, vaut jusqu’au ${shortDate(expiresAt)}`}
          </span>{' '}
          <button
            type="button"
            className="button-small"
            disabled={change.busy}
            onClick={() => void withdraw(secretId)}
          >
            Retirer
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Asked twice: what depends on the system stops at once. */
function CutOff({ partner, change }: { readonly partner: Partner; readonly change: Change }) {
  const [asked, setAsked] = useState(false);
  const refresh = useRefreshPartners();
  const cut = async () => {
    const params = { partnerId: partner.partnerId };
    await change.send(() => call('revokePartner', { params }), `${partner.name} : coupé.`);
    await refresh();
  };
  if (!asked)
    return (
      <button type="button" className="button button-quiet" onClick={() => setAsked(true)}>
        Couper ce système
      </button>
    );
  return (
    <span className="partner-sure">
      Ses secrets et ses jetons ne vaudront plus, à l’instant.{' '}
      <button type="button" className="button" disabled={change.busy} onClick={() => void cut()}>
        Couper
      </button>
      <button type="button" className="button button-quiet" onClick={() => setAsked(false)}>
        Garder
      </button>
    </span>
  );
}

function Facts({ partner }: { readonly partner: Partner }) {
  const { data: me } = useMe();
  return (
    <dl className="partner-facts">
      <dt>Sorte</dt>
      <dd>
        {capital(PartnerKindLabels[partner.kind])}, {partner.organisation}
      </dd>
      <dt>Parle de</dt>
      <dd>{placesOf(partner, me)}</dd>
      <dt>Peut</dt>
      <dd>{french(partner.scopes.map((scope) => PartnerScopeLabels[scope]).join(' ; '))}</dd>
      <dt>Vaut</dt>
      <dd>
        du {shortDate(partner.validFrom)} au {shortDate(partner.validTo)}, relié par {partner.madeBy}
      </dd>
      <dt>Contact</dt>
      <dd>{partner.contact}</dd>
    </dl>
  );
}

/** One system: what it may, its secrets, what it was told. */
export function PartnerPanel({
  partner,
  onSecret,
}: {
  readonly partner: Partner;
  readonly onSecret: (shown: { clientId: string; secret: string }) => void;
}) {
  const change = useChange();
  const { partnerId } = partner;
  const [words, tone] = stateOf(partner);
  const refresh = useRefreshPartners();
  const renew = async () => {
    await change.send(async () => {
      const body = { overlapDays: OVERLAP_DAYS };
      const { secret } = await call('addPartnerSecret', { params: { partnerId }, body });
      onSecret({ clientId: partnerId, secret });
    }, 'Nouveau secret donné.');
    await refresh();
  };
  return (
    <article className="panel partner" aria-labelledby={`partner-${partnerId}`}>
      <h2 id={`partner-${partnerId}`}>
        {partner.name} <span className={`word word-${tone}`}>{words}</span>
      </h2>
      <Facts partner={partner} />
      {change.trouble}
      {partner.revokedAt === null && (
        <>
          <Secrets partner={partner} change={change} />
          <p className="partner-actions">
            <button
              type="button"
              className="button button-quiet"
              disabled={change.busy}
              onClick={() => void renew()}
            >
              Nouveau secret
            </button>
            <CutOff partner={partner} change={change} />
          </p>
        </>
      )}
      {partner.scopes.includes('webhook.manage') && (
        <details>
          <summary>Annonces</summary>
          <PartnerMessages partnerId={partnerId} />
        </details>
      )}
    </article>
  );
}
