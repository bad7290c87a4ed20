import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';

export type Commune = RouteOutput<'communes'>['communes'][number];

const LETTERS_MIN = 2;
export const communeWords = ({ name, postalCode }: Commune): string =>
  postalCode === null ? name : `${name} (${postalCode})`;

/** A commune found by its name or its postal code. */
export function CommuneField({
  label,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: Commune | undefined;
  readonly onChoose: (commune: Commune | undefined) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const asked = typed.trim();
  const { data } = useQuery({
    queryKey: ['communes', asked],
    queryFn: ({ signal }) => call('communes', { query: { q: asked } }, signal),
    enabled: chosen === undefined && asked.length >= LETTERS_MIN,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = chosen === undefined && asked.length >= LETTERS_MIN ? data?.communes : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>
        <span>{label}</span>
      </label>
      <input
        id={id}
        value={chosen === undefined ? typed : communeWords(chosen)}
        autoComplete="off"
        aria-describedby={`${id}-aide`}
        onChange={(event) => {
          onChoose(undefined);
          setTyped(event.target.value);
        }}
      />
      <p id={`${id}-aide`} className="quiet" role="status">
        {found === undefined
          ? chosen === undefined && 'Tapez son nom ou son code postal, puis choisissez.'
          : found.length === 0
            ? 'Aucune commune de ce nom.'
            : 'Choisissez :'}
      </p>
      {found !== undefined && found.length > 0 && (
        <div className="commune-choices">
          {found.map((commune) => (
            <button
              key={commune.code}
              type="button"
              className="button-small"
              onClick={() => onChoose(commune)}
            >
              {communeWords(commune)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
