import type { CommuneHeld } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';
import { Back, useChange, useDraft } from './use-change.tsx';
import { answersTo, holderOn, readPasted, takenFrom } from './zone-changes.ts';

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

function Paste({
  communes,
  onFound,
}: {
  readonly communes: readonly CommuneHeld[];
  readonly onFound: (codes: readonly string[]) => void;
}) {
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const take = () => {
    const { found, unknown } = readPasted(text, communes);
    onFound(found);
    const first = `${counted(found.length, 'commune trouvée', 'communes trouvées')}.`;
    const rest = `Pas dans ce département, ou nom partagé par deux communes : ${unknown.slice(0, 20).join(', ')}.`;
    setTold(unknown.length === 0 ? first : `${first} ${rest}`);
    setText(unknown.join('\n'));
  };
  return (
    <details className="admin-details">
      <summary>Coller une liste de codes ou de noms</summary>
      <label className="field">
        <span>Une commune par ligne, ou des codes à la suite (code INSEE, pas code postal)</span>
        <textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <p>
        <button type="button" className="button button-quiet" disabled={text.trim() === ''} onClick={take}>
          Prendre ces communes
        </button>
      </p>
      <p role="status">{told}</p>
    </details>
  );
}

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
  const client = useQueryClient();
  const name = `zone ${platformId}`;
  const draft = useDraft<Typed>(name, { since: today(), coming: [], leaving: [] });
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name, values });
  const isOwn = (one: CommuneHeld) => holderOn(one, values.since) === platformId;
  const add = (codes: readonly string[]) => {
    const own = communes.filter(isOwn).map(({ commune }) => commune);
    const fresh = without(without(codes, own), values.coming);
    set({ coming: [...values.coming, ...fresh], leaving: without(values.leaving, codes) });
  };
  const toggle = (one: CommuneHeld) => {
    const { commune } = one;
    if (values.coming.includes(commune)) set({ coming: without(values.coming, [commune]) });
    else if (values.leaving.includes(commune)) set({ leaving: without(values.leaving, [commune]) });
    else if (isOwn(one)) set({ leaving: [...values.leaving, commune] });
    else set({ coming: [...values.coming, commune] });
  };
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const { since, coming, leaving } = values;
    const work = () =>
      call('changeZone', {
        params: { platformId },
        body: { since, coming: [...coming], leaving: [...leaving] },
      });
    if (!(await send(work, `Zone changée à partir du ${shortDate(since)}.`))) return;
    onDone();
    await client.invalidateQueries();
  };
  return (
    <form className="act-form" aria-label="Changer la zone" onSubmit={record}>
      <Back isBack={draft.isBack} />
      {trouble}
      <label className="field admin-choose">
        <span>À partir du</span>
        <input
          type="date"
          required
          min={today()}
          value={values.since}
          onChange={(event) => set({ since: event.target.value, coming: [], leaving: [] })}
        />
      </label>
      <Find communes={communes} platformId={platformId} since={values.since}>
        {(rows) => (
          <>
            <p className="admin-found">
              <span role="status">{counted(rows.length, 'commune', 'communes')}</span>
              {rows.length > ROWS && `, dont les ${ROWS} premières ici : précisez pour voir les autres`}.{' '}
              {rows.some((one) => !isOwn(one)) && (
                <button
                  type="button"
                  className="link"
                  onClick={() => add(rows.map(({ commune }) => commune))}
                >
                  Tout prendre
                </button>
              )}
            </p>
            <Rows rows={rows} platforms={platforms} platformId={platformId} values={values} toggle={toggle} />
          </>
        )}
      </Find>
      <Paste communes={communes} onFound={add} />
      <Effect values={values} communes={communes} platforms={platforms} platformId={platformId} />
      <p className="actions">
        <button
          type="submit"
          className="button"
          disabled={busy || values.coming.length + values.leaving.length === 0}
        >
          Changer la zone
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien changer
        </button>
      </p>
    </form>
  );
}
