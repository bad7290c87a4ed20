/** The two ends of a form: doing it, and leaving everything as it was. */
export function FormButtons({
  label,
  busy,
  onLeave,
  leave = 'Ne rien changer',
}: {
  readonly label: string;
  readonly busy: boolean;
  readonly onLeave: () => void;
  readonly leave?: string;
}) {
  return (
    <p>
      <button type="submit" className="button" disabled={busy}>
        {label}
      </button>{' '}
      <button type="button" className="button button-quiet" onClick={onLeave}>
        {leave}
      </button>
    </p>
  );
}

/** A day to choose, within bounds (`yyyy-mm-dd`). */
export function DayField({
  label,
  value,
  onChange,
  min,
  max,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly min?: string;
  readonly max?: string;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        required
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
