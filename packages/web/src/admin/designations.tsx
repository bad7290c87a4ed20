import type { Designation } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { FormButtons } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { addDays, daysBetween, shortDate } from '../words/dates.ts';
import { DesignationForm } from './designation-form.tsx';
import { termWords } from './role-words.ts';

const WARNED_DAYS = 90;
const AUTHORITIES = { prefet: 'préfet', region: 'présidence du conseil régional' } as const;

function standing({ validFrom, validTo }: Designation, now: string): readonly [word: string, text: string] {
  if (validTo !== null && validTo < now) return ['none', `finie le ${shortDate(validTo)}`];
  if (validFrom > now) return ['doing', `à partir du ${shortDate(validFrom)}, ${termWords(validTo)}`];
  if (validTo !== null && daysBetween(now, validTo) <= WARNED_DAYS)
    return ['todo', `finit le ${shortDate(validTo)} : à renouveler`];
  return ['done', `en vigueur depuis le ${shortDate(validFrom)}, ${termWords(validTo)}`];
}

function EndForm({ one, onDone }: { readonly one: Designation; readonly onDone: () => void }) {
  const client = useQueryClient();
  const { designationId, organisation } = one;
  const name = `designation ${designationId}`;
  const draft = useDraft(name, { lastDay: one.validTo ?? addDays(today(), WARNED_DAYS) });
  const { lastDay } = draft.values;
  const { busy, trouble, send } = useChange({ name, values: draft.values });
  const atOnce = lastDay < today();
  const end = async (event: FormEvent) => {
    event.preventDefault();
    const work = () => call('endDesignation', { params: { designationId }, body: { lastDay } });
    if (!(await send(work, `Désignation de ${organisation} : dernier jour le ${shortDate(lastDay)}.`)))
      return;
    onDone();
    await client.invalidateQueries();
  };
  return (
    <form
      className="act-form"
      aria-label={`Fin de la désignation de ${organisation}`}
      onSubmit={(event) => void end(event)}
    >
      <Back isBack={draft.isBack} />
      {trouble}
      <label className="field">
        <span>Dernier jour (hier, pour la retirer à l’instant)</span>
        <input
          type="date"
          required
          min={addDays(today(), -1)}
          value={lastDay}
          onChange={(event) => draft.set({ lastDay: event.target.value })}
        />
      </label>
      <p>
        {atOnce
          ? `Les droits des gens de ${organisation} sur cette plateforme cessent à l’instant.`
          : `Le lendemain, les droits des gens de ${organisation} sur cette plateforme n’ouvriront plus rien.`}
      </p>
      <FormButtons busy={busy} label="Fixer ce dernier jour" leave="Ne rien changer" onLeave={onDone} />
    </form>
  );
}

function DesignationRow({ one, mayWrite }: { readonly one: Designation; readonly mayWrite: boolean }) {
  const [url, setUrl] = useUrlState();
  const [word, text] = standing(one, today());
  const isOpen = mayWrite && url.get('acte') === one.designationId;
  const isOver = one.validTo !== null && one.validTo < today();
  return (
    <li className="admin-item">
      <div className="duty">
        <div>
          <p className="duty-who">
            <strong>{one.organisation}</strong>
          </p>
          <p>
            {one.actReference}, signé le {shortDate(one.signedOn)} ({AUTHORITIES[one.authority]})
          </p>
          <p>
            <span className={`word word-${word}`}>{text}</span>
          </p>
        </div>
        {mayWrite && !isOver && (
          <div className="duty-actions">
            <button
              type="button"
              className="button button-quiet"
              aria-expanded={isOpen}
              aria-label={`Fixer la fin : ${one.organisation}`}
              onClick={() => setUrl({ acte: one.designationId, faire: undefined }, { replace: true })}
            >
              Fixer la fin
            </button>
          </div>
        )}
      </div>
      {isOpen && <EndForm one={one} onDone={() => setUrl({ acte: undefined }, { replace: true })} />}
    </li>
  );
}

/** The acts by which organisations work on a platform, in force, to come and over. */
export function Designations({
  platformId,
  mayWrite,
}: {
  readonly platformId: string;
  readonly mayWrite: boolean;
}) {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['designations', platformId],
    queryFn: ({ signal }) => call('designations', { params: { platformId } }, signal),
  });
  const adding = mayWrite && url.get('faire') === 'designer';
  const rank = (one: Designation) => (one.validTo !== null && one.validTo < today() ? 1 : 0);
  const rows = (data?.designations ?? []).toSorted((one, other) => rank(one) - rank(other));
  return (
    <section className="stack">
      <h2>Désignations</h2>
      {mayWrite && !adding && (
        <p className="actions">
          <button
            type="button"
            className="button"
            onClick={() => setUrl({ faire: 'designer', acte: undefined })}
          >
            Enregistrer un acte
          </button>
        </p>
      )}
      {adding && <DesignationForm platformId={platformId} onDone={() => setUrl({ faire: undefined })} />}
      {isPending && <Skeleton lines={2} height={84} />}
      {error !== null && <Failed error={error} what="les désignations" onRetry={() => void refetch()} />}
      {data && rows.length === 0 && (
        <p className="warning">Aucune structure n’est désignée : personne ne reçoit la liste.</p>
      )}
      <ul>
        {rows.map((one) => (
          <DesignationRow key={one.designationId} one={one} mayWrite={mayWrite} />
        ))}
      </ul>
    </section>
  );
}
