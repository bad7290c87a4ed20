import type { Reception, ReceptionHours } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { Failed, Skeleton } from '../frame/states.tsx';

const DAYS = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi'] as const;
const HALVES = [
  { name: 'Matin', usual: { from: '09:00', to: '12:00' } },
  { name: 'Après-midi', usual: { from: '14:00', to: '17:00' } },
] as const;
const NOON = '12:30';

const halfOf = ({ from }: ReceptionHours) => (from < NOON ? 0 : 1);
const isHalf = (one: ReceptionHours, weekday: number, half: number) =>
  one.weekday === weekday && halfOf(one) === half;

/** A line a day, morning and afternoon. */
function HoursTable({
  hours,
  onChange,
}: {
  readonly hours: readonly ReceptionHours[];
  readonly onChange: (hours: readonly ReceptionHours[]) => void;
}) {
  const find = (weekday: number, half: number) => hours.find((one) => isHalf(one, weekday, half));
  const put = (weekday: number, half: number, value: Omit<ReceptionHours, 'weekday'> | null) =>
    onChange([
      ...hours.filter((one) => !isHalf(one, weekday, half)),
      ...(value === null ? [] : [{ weekday, ...value }]),
    ]);
  return (
    <ul className="reception-days">
      {DAYS.map((day, index) =>
        HALVES.map(({ name, usual }, half) => {
          const set = find(index + 1, half);
          const label = `${day}, ${name.toLowerCase()}`;
          return (
            <li key={label}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={set !== undefined}
                  onChange={(event) => put(index + 1, half, event.target.checked ? usual : null)}
                />
                {label}
              </label>
              {set && (
                <span className="reception-hours">
                  {(['from', 'to'] as const).map((end) => (
                    <input
                      key={end}
                      type="time"
                      required
                      aria-label={`${label}, ${end === 'from' ? 'de' : 'à'}`}
                      value={set[end]}
                      onChange={(event) => put(index + 1, half, { ...set, [end]: event.target.value })}
                    />
                  ))}
                </span>
              )}
            </li>
          );
        }),
      )}
    </ul>
  );
}

function Fields({ first }: { readonly first: Reception }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(first);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const set = await call('setReception', { body: draft });
      client.setQueryData(['reception'], set);
      await client.invalidateQueries({ queryKey: ['agenda'] });
      tell({ tone: 'done', text: 'Vos heures sont enregistrées.' });
    } catch (error) {
      tell({
        tone: 'problem',
        text: error instanceof ApiProblem ? error.message : 'Vos heures n’ont pas pu être enregistrées.',
      });
    }
  };
  const text = (name: 'place' | 'phone', label: string, most: number) => (
    <label className="field">
      <span>{label}</span>
      <input
        type={name === 'phone' ? 'tel' : 'text'}
        maxLength={most}
        value={draft[name] ?? ''}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="panel" aria-label="Mes heures et mon lieu" onSubmit={(event) => void save(event)}>
      <HoursTable hours={draft.hours} onChange={(hours) => setDraft({ ...draft, hours: [...hours] })} />
      <div className="fields">
        {text('place', 'Où je reçois', 120)}
        {text('phone', 'Téléphone pour changer un rendez-vous', 20)}
      </div>
      <button type="submit" className="button">
        Enregistrer mes heures
      </button>
    </form>
  );
}

/** When and where I receive: what free hours and invitations are made from. */
export function ReceptionForm() {
  const { data, error, refetch } = useQuery({
    queryKey: ['reception'],
    queryFn: ({ signal }) => call('reception', {}, signal),
    staleTime: 300_000,
  });
  if (data) return <Fields first={data} />;
  if (error !== null) return <Failed error={error} what="vos heures" onRetry={() => void refetch()} />;
  return <Skeleton lines={3} />;
}
