import type { Role, Territory } from '@raccroche/contract';
import { RoleLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import type { Me } from '../client/session.ts';
import { DateField, FormButtons, TextField } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { OpensByRole, rolesGivenBy } from './role-words.ts';

type Sent = RouteOutput<'invite'>;
interface Organisation {
  readonly organisationId: string;
  readonly name: string;
}

/** Organisations that may employ the invited: over a platform, those designated for it; elsewhere any. */
function useOrganisations(territory: Territory) {
  return useQuery({
    queryKey: ['organisations', territory.kind, territory.id],
    async queryFn({ signal }): Promise<readonly Organisation[]> {
      if (territory.kind !== 'platform') return (await call('organisations', {}, signal)).organisations;
      const { designations } = await call('designations', { params: { platformId: territory.id } }, signal);
      const standing = designations.filter(({ validTo }) => validTo === null || validTo >= today());
      return [...new Map(standing.map((one) => [one.organisationId, one.organisation]))].map(
        ([organisationId, name]) => ({ organisationId, name }),
      );
    },
  });
}

function rolesOffered(me: Me, territory: Territory): readonly Role[] {
  const given = rolesGivenBy(me, territory);
  const schools =
    territory.kind === 'department' && me.rights.some((one) => one.permission === 'grant.school_head');
  return schools ? [...given, 'school_head'] : given;
}

/** What the invited person is to receive: shown once, kept nowhere. */
function Address({ sent, email, onDone }: { sent: Sent; email: string; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const address = window.location.origin + sent.address;
  const copy = async () => {
    await navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className="act-form" aria-label="Invitation faite">
      <h2>Invitation faite</h2>
      <p>
        Remettez cette adresse à <strong>{email}</strong>, par exemple dans un message. Elle vaut jusqu’au{' '}
        {shortDate(sent.expiresAt)}, pour une personne et une fois. Elle ne sera plus montrée.
      </p>
      <label className="field">
        <span>Adresse à remettre</span>
        <input readOnly value={address} onFocus={(event) => event.target.select()} />
      </label>
      <p className="actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {copied ? 'Copiée' : 'Copier l’adresse'}
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Terminé
        </button>
      </p>
      <p className="visually-hidden" role="status">
        {copied ? 'Adresse copiée.' : ''}
      </p>
    </section>
  );
}

interface Typed {
  readonly email: string;
  readonly role: Role;
  readonly organisationId: string;
  readonly validTo: string;
  readonly uai: string;
}

function EmployerField({
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
      <span>Structure qui l’emploie</span>
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choisir</option>
        {organisations.map(({ organisationId, name }) => (
          <option key={organisationId} value={organisationId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Fields({
  values,
  set,
  roles,
  organisations,
  asksUai,
}: {
  readonly values: Typed;
  readonly set: (change: Partial<Typed>) => void;
  readonly roles: readonly Role[];
  readonly organisations: readonly Organisation[];
  readonly asksUai: boolean;
}) {
  return (
    <div className="fields">
      <TextField
        type="email"
        label="Adresse électronique professionnelle"
        value={values.email}
        onChange={(email) => set({ email })}
      />
      <label className="field">
        <span>Rôle</span>
        <select value={values.role} onChange={(event) => set({ role: event.target.value as Role })}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {capital(RoleLabels[role])}
            </option>
          ))}
        </select>
      </label>
      {asksUai && (
        <TextField
          label="Numéro de l’établissement (UAI : 7 chiffres, une lettre)"
          pattern="[0-9]{7}[A-Za-z]"
          value={values.uai}
          onChange={(uai) => set({ uai })}
        />
      )}
      <EmployerField
        organisations={organisations}
        value={values.organisationId}
        onChange={(organisationId) => set({ organisationId })}
      />
      <DateField
        isOptional
        label="Dernier jour du droit (facultatif)"
        min={today()}
        value={values.validTo}
        onChange={(validTo) => set({ validTo })}
      />
    </div>
  );
}

/** What a role opens: read before it is given. */
function Opens({ role }: { readonly role: Role }) {
  return (
    <div className="admin-opens">
      <p>
        <strong>Ce rôle ouvre :</strong>
      </p>
      <ul>
        {OpensByRole[role].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="quiet">Vous en répondez : il vous sera demandé de le confirmer tous les six mois.</p>
    </div>
  );
}

/** Invites somebody to a role over a territory; says first what it opens. */
export function InviteForm({
  me,
  territory,
  onDone,
}: {
  readonly me: Me;
  readonly territory: Territory;
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const roles = rolesOffered(me, territory);
  const { data: organisations, error, refetch } = useOrganisations(territory);
  const name = `invite ${territory.kind} ${territory.id}`;
  const draft = useDraft<Typed>(name, {
    email: '',
    role: roles[0] ?? 'caseworker',
    organisationId: '',
    validTo: '',
    uai: '',
  });
  const { values } = draft;
  const { busy, trouble, send } = useChange({ name, values });
  const [sent, setSent] = useState<Sent>();
  const asksUai = territory.kind === 'department' && values.role === 'school_head';
  const invite = async (event: FormEvent) => {
    event.preventDefault();
    const { email, role, organisationId, validTo, uai } = values;
    const over = asksUai
      ? ({ kind: 'establishment', id: uai.toUpperCase() } as const)
      : { kind: territory.kind, id: territory.id };
    const until = validTo === '' ? {} : { validTo };
    const done = await send(async () => {
      setSent(await call('invite', { body: { email, role, organisationId, territory: over, ...until } }));
    });
    if (done) await client.invalidateQueries({ queryKey: ['members'] });
  };
  if (sent) return <Address sent={sent} email={values.email} onDone={onDone} />;
  if (error !== null) return <Failed error={error} what="les structures" onRetry={() => void refetch()} />;
  if (!organisations) return <Skeleton lines={2} />;
  return (
    <form className="act-form" aria-label="Inviter quelqu’un" onSubmit={(event) => void invite(event)}>
      <h2>Inviter quelqu’un : {territory.name}</h2>
      <Back isBack={draft.isBack} />
      {trouble}
      <Fields values={values} set={draft.set} roles={roles} organisations={organisations} asksUai={asksUai} />
      {organisations.length === 0 && (
        <p className="warning">
          Aucune structure n’est désignée pour cette plateforme : la région enregistre d’abord la désignation.
        </p>
      )}
      <Opens role={values.role} />
      <FormButtons busy={busy} label="Inviter" leave="Ne pas inviter" onLeave={onDone} />
    </form>
  );
}
