import { ORGANISATION_KINDS, type Organisation, type OrganisationKind } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { FormButtons } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { capital } from '../words/texts.ts';

const KINDS = {
  school: 'établissement scolaire',
  cio: 'CIO',
  mission_locale: 'mission locale',
  cfa: 'CFA',
  association: 'association',
  academie: 'académie',
  departement: 'département',
  region: 'région',
  dgesco: 'administration centrale',
} as const satisfies Record<OrganisationKind, string>;

/** Chosen to add an organisation that is not known yet. */
const NEW = 'nouvelle';
const EMPTY = {
  organisationId: '',
  kind: 'mission_locale' as OrganisationKind,
  name: '',
  actReference: '',
  signedOn: '',
  validFrom: '',
  validTo: '',
};
type Typed = typeof EMPTY;

function NewOrganisationFields({
  values,
  set,
}: {
  readonly values: Typed;
  readonly set: (change: Partial<Typed>) => void;
}) {
  return (
    <div className="fields">
      <label className="field">
        <span>Nom de la structure</span>
        <input
          required
          minLength={2}
          maxLength={200}
          value={values.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Sorte de structure</span>
        <select
          value={values.kind}
          onChange={(event) => set({ kind: event.target.value as OrganisationKind })}
        >
          {ORGANISATION_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {capital(KINDS[kind])}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function ActFields({
  values,
  set,
}: {
  readonly values: Typed;
  readonly set: (change: Partial<Typed>) => void;
}) {
  return (
    <div className="fields">
      <label className="field">
        <span>Référence de l’acte</span>
        <input
          required
          minLength={2}
          maxLength={200}
          placeholder="arrêté 2026-123"
          value={values.actReference}
          onChange={(event) => set({ actReference: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Signé le (par le préfet jusqu’en 2014, par la région depuis)</span>
        <input
          type="date"
          required
          max={today()}
          value={values.signedOn}
          onChange={(event) => set({ signedOn: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Vaut à partir du</span>
        <input
          type="date"
          required
          min={values.signedOn}
          value={values.validFrom}
          onChange={(event) => set({ validFrom: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Dernier jour (facultatif)</span>
        <input
          type="date"
          min={values.validFrom}
          value={values.validTo}
          onChange={(event) => set({ validTo: event.target.value })}
        />
      </label>
    </div>
  );
}

function OrganisationField({
  organisations,
  value,
  onChange,
}: {
  readonly organisations: readonly Organisation[];
  readonly value: string;
  readonly onChange: (organisationId: string) => void;
}) {
  return (
    <label className="field">
      <span>Structure désignée</span>
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choisir</option>
        {organisations.map((one) => (
          <option key={one.organisationId} value={one.organisationId}>
            {one.name}
          </option>
        ))}
        <option value={NEW}>Une autre, à ajouter</option>
      </select>
    </label>
  );
}

/** Writes an act that designates an organisation, known or new: of the région, or of a préfet when it was signed before 2015. */
export function DesignationForm({
  platformId,
  onDone,
}: {
  readonly platformId: string;
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => call('organisations', {}, signal),
  });
  const name = `designate ${platformId}`;
  const draft = useDraft<Typed>(name, EMPTY);
  const { values } = draft;
  const { busy, trouble, send } = useChange({ name, values });
  const isNew = values.organisationId === NEW;
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const { kind, actReference, signedOn, validFrom, validTo } = values;
    const done = await send(async () => {
      let { organisationId } = values;
      if (isNew) {
        ({ organisationId } = await call('addOrganisation', { body: { kind, name: values.name } }));
        // Kept, should the act itself be refused: it is not added twice.
        draft.set({ organisationId });
        await client.invalidateQueries({ queryKey: ['organisations'] });
      }
      const until = validTo === '' ? null : validTo;
      await call('designate', {
        body: { platformId, organisationId, actReference, signedOn, validFrom, validTo: until },
      });
    }, 'Acte enregistré.');
    if (!done) return;
    onDone();
    await client.invalidateQueries();
  };
  if (error !== null) return <Failed error={error} what="les structures" onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={2} />;
  return (
    <form className="act-form" aria-label="Enregistrer un acte" onSubmit={(event) => void record(event)}>
      <h3>Acte de la présidence du conseil régional (article L. 313-7)</h3>
      <Back isBack={draft.isBack} />
      {trouble}
      <OrganisationField
        organisations={data.organisations}
        value={values.organisationId}
        onChange={(organisationId) => draft.set({ organisationId })}
      />
      {isNew && <NewOrganisationFields values={values} set={draft.set} />}
      <ActFields values={values} set={draft.set} />
      <FormButtons busy={busy} label="Enregistrer l’acte" leave="Ne pas enregistrer" onLeave={onDone} />
    </form>
  );
}
