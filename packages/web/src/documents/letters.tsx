import { lettersToPrint } from '../client/letters.ts';
import { counted } from '../words/texts.ts';
import { LetterPage } from './letter-texts.tsx';
import { NothingToPrint, PrintOrLeave } from './printing.tsx';
import { useSender } from './sender.ts';

/** The papers that were just made, one a page, in one print job. */
export default function Letters() {
  const letters = lettersToPrint();
  const [sender, setSender] = useSender();
  if (letters.length === 0)
    return (
      <NothingToPrint title="Aucun document n’attend d’être imprimé.">
        Un document ne se garde pas ici : établissez-le de nouveau depuis le dossier.
      </NothingToPrint>
    );
  return (
    <div className="letters">
      <title>Documents à imprimer · Raccroche</title>
      <section className="panel no-print" aria-label="Avant d’imprimer">
        <h1>{counted(letters.length, 'document à imprimer', 'documents à imprimer')}</h1>
        <div className="fields">
          <label className="field">
            <span>Téléphone à appeler</span>
            <input
              type="tel"
              value={sender.phone}
              maxLength={30}
              autoComplete="tel"
              onChange={(event) => setSender({ phone: event.target.value })}
            />
          </label>
          <label className="field">
            <span>Où venir</span>
            <input
              value={sender.place}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => setSender({ place: event.target.value })}
            />
          </label>
        </div>
        <p className="quiet">
          Ces deux lignes sont les vôtres : elles sont gardées dans ce navigateur pour vos prochains
          documents.
        </p>
        <PrintOrLeave href={letters.length === 1 ? `/dossiers/${letters[0]?.caseId ?? ''}` : '/liste'}>
          {letters.length === 1 ? 'Retour au dossier' : 'Retour à la liste'}
        </PrintOrLeave>
      </section>
      {letters.map((letter) => (
        <LetterPage key={letter.caseId} letter={letter} sender={sender} />
      ))}
    </div>
  );
}
