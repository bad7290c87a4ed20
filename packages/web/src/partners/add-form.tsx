import {
  type NewPartner,
  PARTNER_KINDS,
  PARTNER_PERMISSION_TABLE,
  type PartnerKind,
  PartnerKindLabels,
  type PartnerScope,
  PartnerScopeLabels,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { useMe } from '../client/session.ts';
import { addDays } from '../words/dates.ts';
import { capital, french } from '../words/texts.ts';
import { ProblemLine } from './problem-line.tsx';
import { useChange } from './use-change.ts';

const YEAR_DAYS = 365;

/** What the kind of a system may be given, and over what. */
const rowOf = (kind: PartnerKind) => PARTNER_PERMISSION_TABLE.find((row) => row.kind === kind);

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** The form as the API wants it. */
function partnerOf(form: FormData, kind: PartnerKind): NewPartner {
  const row = rowOf(kind);
  const isEstablishment = row?.territoryKind === 'establishment';
  const territories = isEstablishment
    ? textOf(form, 'establishments')
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter((uai) => uai !== '')
        .map((id) => ({ kind: 'establishment' as const, id }))
    : form.getAll('platform').map((id) => ({ kind: 'platform' as const, id: String(id) }));
  return {
    kind,
    organisationId: textOf(form, 'organisation'),
    name: textOf(form, 'name'),
    contact: textOf(form, 'contact'),
    scopes: (row?.permissions ?? []).filter((scope) =>
      form.getAll('scope').includes(scope),
    ) as PartnerScope[],
    territories,
    validFrom: textOf(form, 'validFrom'),
    validTo: textOf(form, 'validTo'),
  };
}

function Territories({ kind }: { readonly kind: PartnerKind }) {
  const { data: me } = useMe();
  if (rowOf(kind)?.territoryKind === 'establishment')
    return (
      <label className="field">
        <span>Établissements dont il parle (UAI, un ou plusieurs)</span>
        <input name="establishments" required pattern="\s*[0-9]{7}[A-Za-z]([\s,;]+[0-9]{7}[A-Za-z])*\s*" />
      </label>
    );
  return (
    <fieldset>
      <legend>Plateformes dont il parle</legend>
      <div className="partner-choices">
        {(me?.platforms ?? []).map(({ platformId, name }) => (
          <label key={platformId} className="check">
            <input type="checkbox" name="platform" value={platformId} /> {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Scopes({ kind }: { readonly kind: PartnerKind }) {
  const row = rowOf(kind);
  return (
    <fieldset>
      <legend>Ce qu’il pourra</legend>
      <p className="quiet">{french(row?.because ?? '')}</p>
      {row?.permissions.map((scope) => (
        <label key={scope} className="check">
          <input type="checkbox" name="scope" value={scope} defaultChecked />{' '}
          {capital(PartnerScopeLabels[scope])}
        </label>
      ))}
    </fieldset>
  );
}

function Organisation({ kind }: { readonly kind: PartnerKind }) {
  const { data } = useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => call('organisations', {}, signal),
  });
  const choices = (data?.organisations ?? []).filter((one) => one.kind === kind);
  return (
    <label className="field">
      <span>Organisation</span>
      <select name="organisation" required>
        {choices.map(({ organisationId, name }) => (
          <option key={organisationId} value={organisationId}>
            {name}
          </option>
        ))}
      </select>
      {data && choices.length === 0 && (
        <span className="quiet">
          Aucune organisation de cette sorte n’est connue : la région l’ajoute d’abord.
        </span>
      )}
    </label>
  );
}

function Dates() {
  return (
    <div className="partner-dates">
      <label className="field">
        <span>Premier jour</span>
        <input name="validFrom" type="date" required defaultValue={today()} />
      </label>
      <label className="field">
        <span>Dernier jour (trois ans au plus)</span>
        <input name="validTo" type="date" required defaultValue={addDays(today(), YEAR_DAYS)} />
      </label>
    </div>
  );
}

/** Connects a system; `onAdded` is given what is shown once. */
export function AddForm({
  onAdded,
  onCancel,
}: {
  readonly onAdded: (shown: { clientId: string; secret: string }) => void;
  readonly onCancel: () => void;
}) {
  const [kind, setKind] = useState<PartnerKind>('mission_locale');
  const change = useChange();
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = partnerOf(new FormData(event.currentTarget), kind);
    const made = await change.run('addPartner', { body }, 'Système relié');
    if (made?.secret) onAdded({ clientId: (made as { partnerId: string }).partnerId, secret: made.secret });
  };
  return (
    <form className="panel partner-form" onSubmit={(event) => void add(event)} aria-labelledby="relier">
      <h2 id="relier">Relier un système</h2>
      <label className="field">
        <span>Sorte</span>
        <select value={kind} onChange={(event) => setKind(event.target.value as PartnerKind)}>
          {PARTNER_KINDS.map((one) => (
            <option key={one} value={one}>
              {capital(PartnerKindLabels[one])}
            </option>
          ))}
        </select>
      </label>
      <Organisation kind={kind} />
      <label className="field">
        <span>Nom, tel que les plateformes le verront</span>
        <input name="name" required minLength={2} maxLength={100} placeholder="i-MILO de Lens" />
      </label>
      <label className="field">
        <span>Adresse électronique du contact technique</span>
        <input name="contact" type="email" required maxLength={100} />
      </label>
      <Territories key={`territoires ${kind}`} kind={kind} />
      <Scopes key={`droits ${kind}`} kind={kind} />
      <Dates />
      <ProblemLine {...change} />
      <p className="partner-actions">
        <button type="submit" className="button" disabled={change.busy}>
          Relier ce système
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Annuler
        </button>
      </p>
    </form>
  );
}
