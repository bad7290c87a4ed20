import {
  type CampaignRule,
  CampaignRules,
  type FinishedCampaign,
  REQUIRED_FAMILIES,
  type RequiredFamily,
  SourceFamilyLabels,
} from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Select, Ticks } from '../dossier/choices.tsx';
import { DateField, FormButtons, TextField } from '../frame/fields.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';

interface Typed {
  readonly name: string;
  readonly asOf: string;
  readonly rules: CampaignRule;
  readonly previous: string;
  readonly allowMissing: readonly RequiredFamily[];
}
const FAMILIES = Object.fromEntries(
  REQUIRED_FAMILIES.map((family) => [family, SourceFamilyLabels[family]]),
) as Record<RequiredFamily, string>;

function Fields({
  campaigns,
  values,
  set,
}: {
  readonly campaigns: readonly FinishedCampaign[];
  readonly values: Typed;
  readonly set: (change: Partial<Typed>) => void;
}) {
  return (
    <div className="fields">
      <TextField
        label="Nom (minuscules, chiffres, tirets)"
        pattern="[a-z0-9][a-z0-9\-]{0,60}"
        value={values.name}
        onChange={(name) => set({ name })}
      />
      <DateField label="Date de référence" value={values.asOf} onChange={(asOf) => set({ asOf })} />
      <Select
        label="Règles"
        labels={CampaignRules}
        chosen={values.rules}
        onChoose={(rules) => set({ rules })}
      />
      <label className="field">
        <span>Comparer à</span>
        <select value={values.previous} onChange={(event) => set({ previous: event.target.value })}>
          <option value="">Aucune</option>
          {campaigns.map(({ name, asOf }) => (
            <option key={name} value={name}>
              {name}, au {shortDate(asOf)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Asks for a campaign on the files that were received. */
export function CampaignForm({
  campaigns,
  onDone,
}: {
  readonly campaigns: readonly FinishedCampaign[];
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const draft = useDraft<Typed>('campaign', {
    name: `campagne-${today()}`,
    asOf: today(),
    rules: 'siei-2011',
    previous: campaigns.find(({ withheld }) => !withheld)?.name ?? '',
    allowMissing: [],
  });
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name: 'campaign', values });
  const start = async (event: FormEvent) => {
    event.preventDefault();
    const previous = values.previous === '' ? null : values.previous;
    const body = { ...values, previous, allowMissing: [...values.allowMissing] };
    const done = `${values.name} : demandée. Ses étapes se suivent ici.`;
    if (!(await send(() => call('startCampaign', { body }), done))) return;
    onDone();
    await client.invalidateQueries({ queryKey: ['campaigns'] });
  };
  return (
    <form className="act-form" aria-label="Lancer une campagne" onSubmit={(event) => void start(event)}>
      <h2>Lancer une campagne</h2>
      <Back isBack={draft.isBack} />
      {trouble}
      <Fields campaigns={campaigns} values={values} set={set} />
      <details className="admin-details">
        <summary>Il manque une source ?</summary>
        <Ticks
          legend="Publier sans, en le disant"
          labels={FAMILIES}
          ticked={values.allowMissing}
          onChange={(allowMissing) => set({ allowMissing })}
        />
      </details>
      <p className="quiet">
        Les litiges que les plateformes ont tranchés y sont repris. Seuls les fichiers changés sont relus ; le
        résultat est le même.
      </p>
      <FormButtons busy={busy} label="Lancer" leave="Ne pas lancer" onLeave={onDone} />
    </form>
  );
}
