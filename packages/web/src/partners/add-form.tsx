import { PARTNER_KINDS, type PartnerKind, PartnerKindLabels, PartnerScopeLabels } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { useMe } from '../client/session.ts';
import { DateField, FormButtons, TextField } from '../frame/fields.tsx';
import { part } from '../frame/missing-parts.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { capital, french } from '../words/texts.ts';
import { emptyPartner, ofKind, PARTNER_DRAFT, partnerOf, rowOf, type TypedPartner } from './new-partner.ts';
import { useRefreshPartners } from './refresh.ts';

interface Typing {
  readonly values: TypedPartner;
  readonly set: (change: Partial<TypedPartner>) => void;
}

/** The same list with one more, or without it. */
const withOne = <T,>(all: readonly T[], one: T, isIn: boolean): readonly T[] =>
  isIn ? [...all, one] : all.filter((each) => each !== one);

function Territories({ values, set }: Typing) {
  const { data: me } = useMe();
  if (rowOf(values.kind)?.territoryKind === 'establishment')
    return (
      <TextField
        label="Établissements dont il parle (UAI, un ou plusieurs)"
        pattern="\s*[0-9]{7}[A-Za-z]([\s,;]+[0-9]{7}[A-Za-z])*\s*"
        value={values.establishments}
        onChange={(establishments) => set({ establishments })}
      />
    );
  return (
    <fieldset>
      <legend>Plateformes dont il parle</legend>
      <div className="partner-choices">
        {(me?.platforms ?? []).map(({ platformId, name }) => (
          <label key={platformId} className="check">
            <input
              type="checkbox"
              checked={values.platforms.includes(platformId)}
              onChange={(event) =>
                set({ platforms: withOne(values.platforms, platformId, event.target.checked) })
              }
            />{' '}
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Scopes({ values, set }: Typing) {
  const row = rowOf(values.kind);
  return (
    <fieldset>
      <legend>Ce qu’il pourra</legend>
      <p className="quiet">{french(row?.because ?? '')}</p>
      {ofKind(values.kind).scopes.map((scope) => (
        <label key={scope} className="check">
          <input
            type="checkbox"
            checked={values.scopes.includes(scope)}
            onChange={(event) => set({ scopes: withOne(values.scopes, scope, event.target.checked) })}
          />{' '}
          {capital(PartnerScopeLabels[scope])}
        </label>
      ))}
    </fieldset>
  );
}

function Organisation({ values, set }: Typing) {
  const { data } = useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => call('organisations', {}, signal),
    meta: part('les organisations'),
  });
  const choices = (data?.organisations ?? []).filter((one) => one.kind === values.kind);
  return (
    <label className="field">
      <span>Organisation</span>
      <select
        required
        value={values.organisationId}
        onChange={(event) => set({ organisationId: event.target.value })}
      >
        <option value="">Choisissez</option>
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

function Kind({ values, set }: Typing) {
  return (
    <label className="field">
      <span>Sorte</span>
      <select value={values.kind} onChange={(event) => set(ofKind(event.target.value as PartnerKind))}>
        {PARTNER_KINDS.map((one) => (
          <option key={one} value={one}>
            {capital(PartnerKindLabels[one])}
          </option>
        ))}
      </select>
    </label>
  );
}

function Dates({ values, set }: Typing) {
  return (
    <div className="partner-dates">
      <DateField label="Premier jour" value={values.validFrom} onChange={(validFrom) => set({ validFrom })} />
      <DateField
        label="Dernier jour (trois ans au plus)"
        min={values.validFrom}
        value={values.validTo}
        onChange={(validTo) => set({ validTo })}
      />
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
  const draft = useDraft<TypedPartner>(PARTNER_DRAFT, emptyPartner());
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name: PARTNER_DRAFT, values });
  const refresh = useRefreshPartners();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    await send(async () => {
      const { partnerId, secret } = await call('addPartner', { body: partnerOf(values) });
      onAdded({ clientId: partnerId, secret });
    }, 'Système relié.');
    await refresh();
  };
  return (
    <form className="panel partner-form" onSubmit={(event) => void add(event)} aria-labelledby="relier">
      <h2 id="relier">Relier un système</h2>
      <Back isBack={draft.isBack} />
      <Kind values={values} set={set} />
      <Organisation values={values} set={set} />
      <TextField
        label="Nom, tel que les plateformes le verront (comme « i-MILO de Lens »)"
        value={values.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label="Adresse électronique du contact technique"
        type="email"
        value={values.contact}
        onChange={(contact) => set({ contact })}
      />
      <Territories values={values} set={set} />
      <Scopes values={values} set={set} />
      <Dates values={values} set={set} />
      {trouble}
      <FormButtons busy={busy} label="Relier ce système" onLeave={onCancel} leave="Annuler" />
    </form>
  );
}
