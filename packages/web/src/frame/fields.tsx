interface Given {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A day. `min` and `max` are days too. */
export function DateField({
  label,
  value,
  onChange,
  min,
  max,
  isOptional = false,
}: Given & {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly isOptional?: boolean;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        required={!isOptional}
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** A line that has to be typed; the browser suggests nothing. */
export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  pattern,
}: Given & { readonly type?: 'text' | 'email'; readonly pattern?: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type={type}
        required
        maxLength={200}
        autoComplete="off"
        pattern={pattern}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

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
    <p className="actions">
      <button type="submit" className="button" disabled={busy}>
        {label}
      </button>
      <button type="button" className="button button-quiet" onClick={onLeave}>
        {leave}
      </button>
    </p>
  );
}
