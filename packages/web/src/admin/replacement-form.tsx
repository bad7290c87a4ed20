import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { DateField, FormButtons } from '../frame/fields.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { addDays, shortDate } from '../words/dates.ts';

const LONGEST_DAYS = 183;
const USUAL_DAYS = 14;

type People = RouteOutput<'substitutes'>['people'];

function WhoField({
  people,
  value,
  onChange,
}: {
  readonly people: People;
  readonly value: string;
  readonly onChange: (personId: string) => void;
}) {
  return (
    <label className="field">
      <span>Par qui ?</span>
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choisir</option>
        {people.map(({ personId, displayName, organisation }) => (
          <option key={personId} value={personId}>
            {displayName} ({organisation})
          </option>
        ))}
      </select>
    </label>
  );
}

const NOBODY = (
  <p className="warning">Personne d’autre n’est connu ici, de la même structure ni du même territoire.</p>
);
const WHAT_IT_IS = (
  <p className="quiet">
    Cette personne aura exactement ce droit, ces jours-là, et la trace dira que c’est elle. Six mois au plus ;
    ce qu’on tient par remplacement ne se transmet pas.
  </p>
);

/** From when to when: six months at most, and within the right itself. */
function Days({
  values: { from, to },
  validTo,
  set,
}: {
  readonly values: { readonly from: string; readonly to: string };
  readonly validTo: string | null;
  readonly set: (change: { readonly from?: string; readonly to?: string }) => void;
}) {
  const longest = addDays(from, LONGEST_DAYS);
  const last = validTo !== null && validTo < longest ? validTo : longest;
  return (
    <>
      <DateField label="Du" min={today()} value={from} onChange={(day) => set({ from: day })} />
      <DateField label="Au (compris)" min={from} max={last} value={to} onChange={(day) => set({ to: day })} />
    </>
  );
}

/** Lets somebody stand in for the holder of a right. `replaced`: whose it is; oneself when absent. */
export function ReplacementForm({
  membershipId,
  replaced,
  validTo,
  onDone,
}: {
  readonly membershipId: string;
  readonly replaced?: string | undefined;
  /** Last day of the right itself. */
  readonly validTo: string | null;
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['substitutes', membershipId],
    queryFn: ({ signal }) => call('substitutes', { query: { membership: membershipId } }, signal),
  });
  const name = `replacement ${membershipId}`;
  const draft = useDraft(name, { substitute: '', from: today(), to: addDays(today(), USUAL_DAYS) });
  const { substitute, from, to } = draft.values;
  const { busy, trouble, send } = useChange({ name, values: draft.values });
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const who = data?.people.find(({ personId }) => personId === substitute)?.displayName ?? '';
    const work = () =>
      call('makeReplacement', { body: { membershipId, substitute, validFrom: from, validTo: to } });
    const done = `${who} remplace ${replaced ?? 'vous'} du ${shortDate(from)} au ${shortDate(to)}.`;
    if (!(await send(work, done.replace('remplace vous', 'vous remplace')))) return;
    onDone();
    await client.invalidateQueries({ queryKey: ['replacements'] });
  };
  if (error !== null) return <Failed error={error} what="vos collègues" onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={2} />;
  return (
    <form className="act-form" aria-label="Remplacement" onSubmit={(event) => void record(event)}>
      <h3>{replaced === undefined ? 'Me faire remplacer' : `Faire remplacer ${replaced}`}</h3>
      <Back isBack={draft.isBack} />
      {trouble}
      {data.people.length === 0 && NOBODY}
      <div className="fields">
        <WhoField
          people={data.people}
          value={substitute}
          onChange={(chosen) => draft.set({ substitute: chosen })}
        />
        <Days values={draft.values} validTo={validTo} set={draft.set} />
      </div>
      {WHAT_IT_IS}
      <FormButtons busy={busy} label="Enregistrer le remplacement" leave="Ne rien changer" onLeave={onDone} />
    </form>
  );
}
