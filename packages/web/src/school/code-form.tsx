import { LETTER_CODE, readLetterCode } from '@raccroche/contract';
import { type FormEvent, useState } from 'react';

/** The code of a letter, typed as it is printed. `isRefused`: the one that was typed opens nothing. */
export function CodeForm({
  isRefused,
  onCode,
}: {
  readonly isRefused: boolean;
  readonly onCode: (code: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = readLetterCode(typed);
    setWrong(!LETTER_CODE.test(code));
    if (LETTER_CODE.test(code)) onCode(code);
  };
  return (
    <div className="page prose school-link">
      <h1>Répondre pour un établissement</h1>
      <form onSubmit={submit}>
        <label className="field">
          <span>Le code de la lettre</span>
          <input
            required
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="characters"
            maxLength={40}
            placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        {(isWrong || isRefused) && (
          <p className="warning" role="alert">
            {isWrong
              ? 'Un code a vingt lettres et chiffres, par groupes de cinq.'
              : 'Ce code ne demande rien : relisez-le. S’il est bien celui de la lettre, tout est répondu, ou son temps est passé.'}
          </p>
        )}
        <p>
          <button type="submit" className="button">
            Continuer
          </button>
        </p>
      </form>
      <p className="quiet">Vous avez reçu un message électronique ? Ouvrez plutôt son lien.</p>
    </div>
  );
}
