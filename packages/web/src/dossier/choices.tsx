import { useKeys } from '../frame/keys.ts';
import { capital } from '../words/texts.ts';

/** One choice among a few, as large buttons with their key. */
export function Choices<V extends string>({
  legend,
  values,
  labels,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly values: readonly V[];
  readonly labels: Readonly<Record<V, string>>;
  readonly chosen?: V | undefined;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {values.map((value, index) => (
        <button
          key={value}
          type="button"
          className="choice"
          aria-pressed={chosen === value}
          onClick={() => onChoose(value)}
        >
          <kbd aria-hidden>{index + 1}</kbd> {capital(labels[value])}
        </button>
      ))}
    </fieldset>
  );
}

/** The digits choose too. */
export function useDigits<V extends string>(values: readonly V[], onChoose: (value: V) => void): void {
  useKeys(Object.fromEntries(values.map((value, index) => [String(index + 1), () => onChoose(value)])));
}

/** Several among a few. */
export function Ticks<V extends string>({
  legend,
  labels,
  ticked,
  onChange,
}: {
  readonly legend: string;
  readonly labels: Readonly<Record<V, string>>;
  readonly ticked: readonly V[];
  readonly onChange: (ticked: readonly V[]) => void;
}) {
  return (
    <fieldset className="choices ticks">
      <legend>{legend}</legend>
      {(Object.keys(labels) as V[]).map((value) => (
        <label key={value} className="check">
          <input
            type="checkbox"
            checked={ticked.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...ticked, value] : ticked.filter((other) => other !== value))
            }
          />
          {capital(labels[value])}
        </label>
      ))}
    </fieldset>
  );
}

/** One among many, in a list. */
export function Select<V extends string>({
  label,
  labels,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly labels: Readonly<Record<V, string>>;
  readonly chosen: V;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={chosen} onChange={(event) => onChoose(event.target.value as V)}>
        {(Object.keys(labels) as V[]).map((value) => (
          <option key={value} value={value}>
            {capital(labels[value])}
          </option>
        ))}
      </select>
    </label>
  );
}
