import type { CommuneHeld } from '@raccroche/contract';
import { useState } from 'react';
import { counted } from '../words/texts.ts';
import { readPasted } from './zone-changes.ts';

/** Takes communes from a pasted list; what it does not know stays in the field, and is told. */
export function Paste({
  communes,
  onFound,
}: {
  readonly communes: readonly CommuneHeld[];
  readonly onFound: (codes: readonly string[]) => void;
}) {
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const take = () => {
    const { found, unknown } = readPasted(text, communes);
    onFound(found);
    const first = `${counted(found.length, 'commune trouvée', 'communes trouvées')}.`;
    const rest = `Pas dans ce département, ou nom partagé par deux communes : ${unknown.slice(0, 20).join(', ')}.`;
    setTold(unknown.length === 0 ? first : `${first} ${rest}`);
    setText(unknown.join('\n'));
  };
  return (
    <details className="admin-details">
      <summary>Coller une liste de codes ou de noms</summary>
      <label className="field">
        <span>Une commune par ligne, ou des codes à la suite (code INSEE, pas code postal)</span>
        <textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <p>
        <button type="button" className="button button-quiet" disabled={text.trim() === ''} onClick={take}>
          Prendre ces communes
        </button>
      </p>
      <p role="status">{told}</p>
    </details>
  );
}
