import { type FormEvent, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { DateField, TextField } from '../frame/fields.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';

export type Subject = RouteOutput<'findSubject'>['subjects'][number];

const EMPTY = { familyName: '', firstName: '', birthDate: '' };

/** Finds the cases of a young person by exact names and birth date. Nothing of it is in the address; the search is in the trail. */
export function FindSubject({ onFound }: { readonly onFound: (subject: Subject) => void }) {
  const draft = useDraft('subject', EMPTY);
  const { values, set } = draft;
  const { busy, trouble, send } = useChange({ name: 'subject', values });
  const [found, setFound] = useState<readonly Subject[]>();
  const find = (event: FormEvent) => {
    event.preventDefault();
    void send(async () => setFound((await call('findSubject', { body: values })).subjects));
  };
  return (
    <form onSubmit={find} aria-label="Retrouver un jeune">
      <Back isBack={draft.isBack} />
      {trouble}
      <div className="fields">
        <TextField
          label="Nom de famille ou d’usage, exact"
          value={values.familyName}
          onChange={(familyName) => set({ familyName })}
        />
        <TextField
          label="Un prénom, exact"
          value={values.firstName}
          onChange={(firstName) => set({ firstName })}
        />
        <DateField
          label="Date de naissance"
          value={values.birthDate}
          onChange={(birthDate) => set({ birthDate })}
        />
      </div>
      <button type="submit" className="button button-quiet" disabled={busy}>
        Retrouver ses dossiers
      </button>
      {found && (
        <ul role="status" className="admin-details">
          {found.length === 0 && <li>Aucun dossier de ce nom, né ce jour-là.</li>}
          {found.map((subject) => (
            <li key={subject.caseId}>
              <button type="button" className="link" onClick={() => onFound(subject)}>
                Dossier {subject.siei}
              </button>
              <span className="quiet"> · département {subject.department}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
