import type { CommuneHeld } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { DateField, FormButtons } from '../frame/fields.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';
import { answersTo, holderOn, takenFrom } from './zone-changes.ts';
import { Paste } from './zone-paste.tsx';

interface Named {
  readonly platformId: string;
  readonly name: string;
}

const SHOWN = {
  libres: 'De personne',
  autres: 'D’une autre plateforme',
  ici: 'D’ici',
  toutes: 'Toutes',
} as const;
type Shown = keyof typeof SHOWN;
/** Enough to see; more is found by typing. */
const ROWS = 40;

interface Typed {
  readonly since: string;
  readonly coming: readonly string[];
  readonly leaving: readonly string[];
}

const without = (list: readonly string[], gone: readonly string[]) =>
  list.filter((one) => !gone.includes(one));

function Rows({
  rows,
  platforms,
  platformId,
  values,
  toggle,
}: {
  readonly rows: readonly CommuneHeld[];
  readonly platforms: readonly Named[];
  readonly platformId: string;
  readonly values: Typed;
  readonly toggle: (one: CommuneHeld) => void;
}) {
  return (
    <ul className="admin-communes">
      {rows.slice(0, ROWS).map((one) => {
        const holder = holderOn(one, values.since);
        const isIn =
          values.coming.includes(one.commune) ||
          (holder === platformId && !values.leaving.includes(one.commune));
        const whose =
          holder === undefined
            ? 'de personne'
            : holder === platformId
              ? 'd’ici'
              : (platforms.find((platform) => platform.platformId === holder)?.name ?? 'd’ailleurs');
        return (
          <li key={one.commune}>
            <label className="check">
              <input type="checkbox" checked={isIn} onChange={() => toggle(one)} />
              <span>
                {one.name}{' '}
                <span className="quiet">
                  ({one.commune}, {whose})
                </span>
              </span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}

function Effect({
  values,
  communes,
  platforms,
  platformId,
}: {
  readonly values: Typed;
  readonly communes: readonly CommuneHeld[];
  readonly platforms: readonly Named[];
  readonly platformId: string;
}) {
  const { coming, leaving, since } = values;
  const nameOf = (code: string) => communes.find(({ commune }) => commune === code)?.name ?? code;
  const taken = takenFrom(coming, communes, platformId, since);
  if (coming.length + leaving.length === 0)
    return <p className="quiet">Rien à enregistrer encore : cochez ou décochez des communes.</p>;
  return (
    <div className="admin-effect" role="status">
      {coming.length > 0 && (
        <p>
          <strong>{counted(coming.length, 'commune arrive', 'communes arrivent')}</strong> le{' '}
          {shortDate(since)} : {coming.map(nameOf).join(', ')}.
        </p>
      )}
      {[...taken].map(([platform, names]) => (
        <p key={platform} className="warning">
          {counted(names.length, 'commune quitte', 'communes quittent')}{' '}
          {platforms.find((one) => one.platformId === platform)?.name ?? 'une autre plateforme'} :{' '}
          {names.join(', ')}.
        </p>
      ))}
      {leaving.length > 0 && (
        <p>
          <strong>{counted(leaving.length, 'commune part', 'communes partent')}</strong> le {shortDate(since)}{' '}
          : {leaving.map(nameOf).join(', ')}. Tant qu’aucune plateforme ne les prend, seule la coordination du
          département verra leurs jeunes.
        </p>
      )}
      <p className="quiet">Les listes suivent la nouvelle zone à la publication d’après.</p>
    </div>
  );
}

function Find({
  communes,
  platformId,
  since,
  children,
}: {
  readonly communes: readonly CommuneHeld[];
  readonly platformId: string;
  readonly since: string;
  readonly children: (rows: readonly CommuneHeld[]) => React.ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<Shown>('toutes');
  const isShown = (one: CommuneHeld) => {
    const holder = holderOn(one, since);
    if (shown === 'toutes') return true;
    if (shown === 'libres') return holder === undefined;
    return (holder === platformId) === (shown === 'ici') && holder !== undefined;
  };
  const rows = communes.filter((one) => answersTo(one, typed) && isShown(one));
  return (
    <>
      <div className="fields">
        <label className="field">
          <span>Chercher une commune : nom ou code</span>
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <label className="field">
          <span>Montrer</span>
          <select value={shown} onChange={(event) => setShown(event.target.value as Shown)}>
            {(Object.keys(SHOWN) as Shown[]).map((one) => (
              <option key={one} value={one}>
                {SHOWN[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {children(rows)}
    </>
  );
}

function FoundRows({
  add,
  ...given
}: Parameters<typeof Rows>[0] & { readonly add: (codes: readonly string[]) => void }) {
  const { rows, platformId, values } = given;
  return (
    <>
      <p className="admin-found">
        <span role="status">{counted(rows.length, 'commune', 'communes')}</span>
        {rows.length > ROWS && `, dont les ${ROWS} premières ici : précisez pour voir les autres`}.{' '}
        {rows.some((one) => holderOn(one, values.since) !== platformId) && (
          <button type="button" className="link" onClick={() => add(rows.map(({ commune }) => commune))}>
            Tout prendre
          </button>
        )}
      </p>
      <Rows {...given} />
    </>
  );
}

/** What is added and taken away, by one commune or many; `own`: codes of what the platform has that day. */
function changesOf({ coming, leaving }: Typed, own: readonly string[]) {
  return {
    add: (codes: readonly string[]) => ({
      coming: [...coming, ...without(without(codes, own), coming)],
      leaving: without(leaving, codes),
    }),
    toggle(commune: string) {
      if (coming.includes(commune)) return { coming: without(coming, [commune]) };
      if (leaving.includes(commune)) return { leaving: without(leaving, [commune]) };
      return own.includes(commune) ? { leaving: [...leaving, commune] } : { coming: [...coming, commune] };
    },
  };
}

function useRecord(
  platformId: string,
  { name, values }: { readonly name: string; readonly values: Typed },
  onDone: () => void,
) {
  const client = useQueryClient();
  const { busy, trouble, send } = useChange({ name, values });
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const { since, coming, leaving } = values;
    const body = { since, coming: [...coming], leaving: [...leaving] };
    const work = () => call('changeZone', { params: { platformId }, body });
    if (!(await send(work, `Zone changée à partir du ${shortDate(since)}.`))) return;
    onDone();
    await client.invalidateQueries();
  };
  return { busy, trouble, record };
}

/** Draws a zone: some communes come, some leave, from a day on. Says first from whom they are taken. */
export function ZoneEditor({
  platformId,
  platforms,
  communes,
  onDone,
}: {
  readonly platformId: string;
  readonly platforms: readonly Named[];
  readonly communes: readonly CommuneHeld[];
  readonly onDone: () => void;
}) {
  const name = `zone ${platformId}`;
  const draft = useDraft<Typed>(name, { since: today(), coming: [], leaving: [] });
  const { values, set } = draft;
  const { busy, trouble, record } = useRecord(platformId, { name, values }, onDone);
  const own = communes
    .filter((one) => holderOn(one, values.since) === platformId)
    .map(({ commune }) => commune);
  const changes = changesOf(values, own);
  const add = (codes: readonly string[]) => set(changes.add(codes));
  const toggle = ({ commune }: CommuneHeld) => set(changes.toggle(commune));
  return (
    <form className="act-form" aria-label="Changer la zone" onSubmit={(event) => void record(event)}>
      <Back isBack={draft.isBack} />
      {trouble}
      <div className="admin-choose">
        <DateField
          label="À partir du"
          min={today()}
          value={values.since}
          onChange={(since) => set({ since, coming: [], leaving: [] })}
        />
      </div>
      <Find communes={communes} platformId={platformId} since={values.since}>
        {(rows) => (
          <FoundRows
            rows={rows}
            platforms={platforms}
            platformId={platformId}
            values={values}
            toggle={toggle}
            add={add}
          />
        )}
      </Find>
      <Paste communes={communes} onFound={add} />
      <Effect values={values} communes={communes} platforms={platforms} platformId={platformId} />
      <FormButtons
        busy={busy || values.coming.length + values.leaving.length === 0}
        label="Changer la zone"
        leave="Ne rien changer"
        onLeave={onDone}
      />
    </form>
  );
}
