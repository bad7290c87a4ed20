import { type FormEvent, useState } from 'react';
import { useKeys } from '../frame/keys.ts';
import { DETAILS, OTHER_REASONS, reasonLabel } from './answers.ts';

/** « Où ? », « dans quelle commune ? »: optional, Enter records. */
export function DetailForm({
  ask,
  onRecord,
  onCancel,
}: {
  readonly ask: keyof typeof DETAILS;
  readonly onRecord: (detail: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const { label, hint, pattern } = DETAILS[ask];
  const record = (event: FormEvent) => {
    event.preventDefault();
    const code = typed.trim().toUpperCase();
    if (code !== '' && !pattern.test(code)) setWrong(true);
    else onRecord(code === '' ? {} : { [ask]: code });
  };
  return (
    <form className="act-form" onSubmit={record}>
      <label className="field" htmlFor="precision">
        {label}
      </label>
      <p id="precision-aide" className={wrong ? 'warning' : 'quiet'}>
        {wrong && 'Ce code n’a pas la bonne forme. '}
        {hint}
      </p>
      <input
        id="precision"
        ref={(field) => field?.focus()}
        value={typed}
        aria-describedby="precision-aide"
        aria-invalid={wrong}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <p>
        <button type="submit" className="button">
          Enregistrer
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Retour
        </button>
      </p>
    </form>
  );
}

/** Which other reason. */
export function ReasonForm({
  onRecord,
  onCancel,
}: {
  readonly onRecord: (reason: (typeof OTHER_REASONS)[number]) => void;
  readonly onCancel: () => void;
}) {
  useKeys({
    ...Object.fromEntries(OTHER_REASONS.map((reason, index) => [String(index + 1), () => onRecord(reason)])),
    Escape: onCancel,
  });
  return (
    <fieldset className="choices act-form">
      <legend>Quel motif ?</legend>
      {OTHER_REASONS.map((reason, index) => (
        <button key={reason} type="button" className="choice" onClick={() => onRecord(reason)}>
          <kbd aria-hidden>{index + 1}</kbd> {reasonLabel(reason)}
        </button>
      ))}
      <button type="button" className="button button-quiet" onClick={onCancel}>
        Retour
      </button>
    </fieldset>
  );
}
