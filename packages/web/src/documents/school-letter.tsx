import { SCHOOL_LINK_PATH, type SchoolLetter, writeLetterCode } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { schoolLetterToPrint } from '../client/letters.ts';
import { useMe } from '../client/session.ts';
import { longDate } from '../words/dates.ts';
import { capital, french } from '../words/texts.ts';
import { NothingToPrint, PrintOrLeave } from './printing.tsx';
import { useSender } from './sender.ts';

const WHY =
  'Pourquoi ce courrier : l’établissement d’origine et la plateforme de suivi se disent ce que deviennent les jeunes sortis sans diplôme (code de l’éducation, article L.313-7). Votre réponse est gardée dans leur dossier, et ils peuvent la lire. Ce code ne montre que les élèves dont il est question : gardez-le dans votre établissement.';

function LetterText({ letter }: { readonly letter: SchoolLetter }) {
  const { school, platform, questions, lastDay, secret } = letter;
  const { data: me } = useMe();
  const [sender] = useSender();
  const pupils = questions === 1 ? 'un ancien élève' : `${questions} anciens élèves`;
  return (
    <article className="letter">
      <p className="letter-from">{platform}</p>
      <address className="letter-to">
        <span>À la direction de l’établissement</span>
        <span>{capital(school)}</span>
      </address>
      <p className="letter-date">Le {longDate(today(), '')}</p>
      <h2>
        {french(
          `Objet : ${questions === 1 ? 'qu’est devenu' : 'que sont devenus'} ${pupils} de votre établissement ?`,
        )}
      </h2>
      <p>Bonjour,</p>
      <p>
        Nous cherchons à savoir ce {questions === 1 ? 'qu’est devenu' : 'que sont devenus'} {pupils} de votre
        établissement. Ce que vous en savez évite d’appeler une famille pour rien, et permet d’aider plus vite
        celles et ceux qui attendent. Si vous n’avez pas de nouvelles, dites-le aussi : c’est une réponse
        utile.
      </p>
      <p>Pour répondre, sans mot de passe, ouvrez cette adresse et tapez ce code :</p>
      <p className="letter-appointment">
        {window.location.origin}
        {SCHOOL_LINK_PATH}
        <br />
        <span className="letter-code">{writeLetterCode(secret)}</span>
      </p>
      <p>Le code répond jusqu’au {longDate(lastDay, '')}.</p>
      <p className="letter-signature">
        {me?.displayName}
        <br />
        {platform}
        {sender.phone !== '' && (
          <>
            <br />
            {sender.phone}
          </>
        )}
      </p>
      <p className="letter-foot">{french(WHY)}</p>
    </article>
  );
}

/** To a school that nobody can write to by e-mail: where to go, the code to type, and no name of a pupil. */
export default function SchoolLetterPage() {
  const letter = schoolLetterToPrint();
  if (letter === undefined)
    return (
      <NothingToPrint title="Aucune lettre n’attend d’être imprimée.">
        Son code ne se garde pas ici : imprimez-la de nouveau depuis le dossier.
      </NothingToPrint>
    );
  return (
    <div className="letters">
      <title>Lettre à un établissement · Raccroche</title>
      <section className="panel no-print" aria-label="Avant d’imprimer">
        <h1>Une lettre à imprimer</h1>
        <p>
          Complétez l’adresse à la main, ou par une étiquette. Le code n’est montré qu’ici : imprimée de
          nouveau, la lettre en a un autre, et le premier répond encore.
        </p>
        <PrintOrLeave href="/liste">Retour à la liste</PrintOrLeave>
      </section>
      <LetterText letter={letter} />
    </div>
  );
}
