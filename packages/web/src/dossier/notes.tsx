import { type CaseDetail, NOTE_MAX, NOTE_WARNING, noteConcerns } from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { may, useMe } from '../client/session.ts';
import { FormButtons } from '../frame/fields.tsx';
import { shortDate } from '../words/dates.ts';
import { actorName } from './case-data.ts';
import { useCaseAct } from './use-case-act.tsx';

/** A short note: the warning stands beside it, and what it seems to speak of is told before it is kept. */
function NoteForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const [isRead, setRead] = useState(false);
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const concerns = noteConcerns(text);
  const record = (event: FormEvent) => {
    event.preventDefault();
    void send({
      route: 'addNote',
      body: { text, acknowledged: isRead },
      done: 'Note ajoutée',
      mine: 'Une note',
    });
  };
  return (
    <form className="act-form" aria-label="Ajouter une note" onSubmit={record}>
      {trouble}
      <p id="note-avertissement">{NOTE_WARNING}</p>
      <label className="field">
        <span>Note ({NOTE_MAX} caractères au plus)</span>
        <textarea
          rows={3}
          required
          maxLength={NOTE_MAX}
          value={text}
          aria-describedby="note-avertissement"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {concerns.length > 0 && (
        <div className="warning" role="status">
          <p>Cette note semble parler de : {concerns.join(', ')}. Retirez ce qui n’est pas utile.</p>
          <label className="check">
            <input
              type="checkbox"
              required
              checked={isRead}
              onChange={(event) => setRead(event.target.checked)}
            />
            J’ai relu : rien de tel, ou c’est nécessaire au suivi
          </label>
        </div>
      )}
      <FormButtons label="Ajouter la note" busy={busy} onLeave={onDone} leave="Ne rien écrire" />
    </form>
  );
}

/** Short notes of work, each with the day on which it is erased. */
export function Notes({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const [writing, setWriting] = useState(false);
  const canWrite = me !== undefined && me !== null && may(me, 'case.act') && one.pathway !== 'closed';
  return (
    <section className="panel" aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      {one.notes.length === 0 && !writing && <p className="quiet">Aucune note.</p>}
      <ul className="notes">
        {one.notes.map((note) => (
          <li key={note.writtenAt}>
            <p>{note.text}</p>
            <p className="quiet">
              {actorName(one, note.author, me?.personId)}, le {shortDate(note.writtenAt)} · s’efface le{' '}
              {shortDate(note.eraseAfter)}
            </p>
          </li>
        ))}
      </ul>
      {writing ? (
        <NoteForm one={one} onDone={() => setWriting(false)} />
      ) : (
        canWrite && (
          <button type="button" className="button button-quiet" onClick={() => setWriting(true)}>
            Ajouter une note
          </button>
        )
      )}
    </section>
  );
}
