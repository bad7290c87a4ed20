import {
  DiagnosedSituationLabels,
  type InterviewMode,
  type Letter,
  ObstacleLabels,
  WishLabels,
} from '@raccroche/contract';
import type { ReactNode } from 'react';
import { hour, longDate, shortDate } from '../words/dates.ts';
import { capital, french, phone } from '../words/texts.ts';
import type { Sender } from './sender.ts';

interface TextProps {
  readonly letter: Letter;
  readonly sender: Sender;
}

const WAYS = {
  on_site: 'Nous vous attendons sur place.',
  phone: 'Nous vous appellerons à cette heure-là.',
  video: 'L’entretien se fait en visioconférence : nous vous enverrons le lien.',
  visit: 'Nous venons chez vous.',
} as const satisfies Record<InterviewMode, string>;

function CallUs({ sender, before }: { readonly sender: Sender; readonly before: string }) {
  return (
    <p>
      {before}{' '}
      {sender.phone === '' ? (
        'répondez à la personne qui vous a contacté.'
      ) : (
        <>
          appelez le <strong>{phone(sender.phone.replace(/\s/g, ''))}</strong>.
        </>
      )}
    </p>
  );
}

/** Come and talk: when, where, what to bring, whom to call. No word of dropping out, nor of any penalty. */
function Summons({ letter, sender }: TextProps) {
  const { interviewAt, interviewMode, minor, firstName, author, platformName } = letter;
  if (interviewAt === null) return null;
  return (
    <>
      <p>Bonjour {firstName},</p>
      <p>
        Vous cherchez peut-être une formation, un apprentissage ou un emploi. Nous pouvons en parler ensemble
        et vous aider à avancer, gratuitement.
      </p>
      <p className="letter-appointment">
        {french(`Rendez-vous : ${longDate(interviewAt, '')} à ${hour(interviewAt)}`)}
        <br />
        Avec {author}, {platformName}
        {sender.place !== '' && (interviewMode === 'on_site' || interviewMode === null) && (
          <>
            <br />
            {sender.place}
          </>
        )}
      </p>
      <p>{WAYS[interviewMode ?? 'on_site']} L’entretien dure environ une heure.</p>
      <p>À apporter si vous les avez (sinon, venez quand même) :</p>
      <ul>
        <li>une pièce d’identité ;</li>
        <li>votre dernier bulletin ou vos diplômes ;</li>
        <li>un CV, s’il existe.</li>
      </ul>
      {minor && (
        <p>
          Vous avez moins de 18 ans : un de vos parents, ou votre représentant légal, vient avec vous. Nous
          lui parlons aussi.
        </p>
      )}
      <CallUs
        sender={sender}
        before="Vous ne pouvez pas venir, ou vous préférez une autre heure ? Prévenez-nous :"
      />
    </>
  );
}

/** That somebody is followed, and since when: nothing of why. */
function Attestation({ letter, sender }: TextProps) {
  const { youngName, birthDate, followedSince, interviewHeldAt, author, platformName, madeOn } = letter;
  return (
    <>
      <p>
        Je soussigné ou soussignée {author}, pour la plateforme « {platformName} », atteste que {youngName},
        né ou née le {shortDate(birthDate)}, est accompagné ou accompagnée par la plateforme depuis le{' '}
        {shortDate(followedSince)}.
      </p>
      {interviewHeldAt !== null && <p>Dernier entretien : le {shortDate(interviewHeldAt)}.</p>}
      <p>Cette attestation est remise à la personne qui la demande, pour servir ce que de droit.</p>
      <p>Faite le {longDate(madeOn, '')}.</p>
      <CallUs sender={sender} before="Pour toute question," />
    </>
  );
}

function Said({ title, words }: { readonly title: string; readonly words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {words.map((word) => (
          <li key={word}>{capital(word)}</li>
        ))}
      </ul>
    </>
  );
}

/** What was said together, for the person to take home. */
function InterviewSummary({ letter, sender }: TextProps) {
  const { interviewHeldAt, diagnosis, callBackAt, interviewAt, author, firstName } = letter;
  return (
    <>
      <p>Bonjour {firstName},</p>
      {interviewHeldAt !== null && (
        <p>
          Voici ce que nous nous sommes dit le {longDate(interviewHeldAt, '')}, avec {author}.
        </p>
      )}
      {diagnosis && (
        <>
          <Said title="En ce moment" words={[DiagnosedSituationLabels[diagnosis.situation]]} />
          <Said title="Ce que vous voudriez" words={diagnosis.wishes.map((wish) => WishLabels[wish])} />
          <Said
            title="Ce qui peut vous aider à y arriver"
            words={diagnosis.obstacles.map((obstacle) => ObstacleLabels[obstacle])}
          />
        </>
      )}
      <h2>Et maintenant ?</h2>
      <p>
        {interviewAt !== null
          ? `Prochain rendez-vous : ${longDate(interviewAt, '')} à ${hour(interviewAt)}.`
          : callBackAt !== null
            ? `Nous vous appelons ${longDate(callBackAt, '')}.`
            : 'Nous vous recontactons dès que nous avons une piste.'}
      </p>
      <CallUs sender={sender} before="Une idée, un changement, une question ?" />
      <p>Quelque chose n’est pas juste dans cette page ? Dites-le-nous : nous corrigeons.</p>
    </>
  );
}

const TEXTS: Readonly<Record<Letter['kind'], (props: TextProps) => ReactNode>> = {
  summons: Summons,
  attestation: Attestation,
  interview_summary: InterviewSummary,
};
const TITLES = {
  summons: 'Un rendez-vous pour parler de la suite',
  attestation: 'Attestation d’accompagnement',
  interview_summary: 'Ce que nous avons dit ensemble',
} as const satisfies Record<Letter['kind'], string>;

/** One page of paper: sender, address in the window of the envelope, text, signature. */
export function LetterPage({ letter, sender }: TextProps) {
  const Text = TEXTS[letter.kind];
  const isPosted = letter.kind === 'summons';
  return (
    <article className="letter">
      <p className="letter-from">
        <strong>{letter.platformName}</strong>
        {sender.place !== '' && (
          <>
            <br />
            {sender.place}
          </>
        )}
      </p>
      {isPosted && (
        <address className="letter-to">
          {letter.representatives.map((name) => (
            <span key={name}>{name}</span>
          ))}
          <span>{letter.youngName}</span>
          {letter.address.length === 0 ? (
            <em>À remettre en main propre</em>
          ) : (
            letter.address.map((line) => <span key={line}>{line}</span>)
          )}
        </address>
      )}
      <p className="letter-date">Le {longDate(letter.madeOn, '')}</p>
      <h1>{TITLES[letter.kind]}</h1>
      <Text letter={letter} sender={sender} />
      <p className="letter-signature">
        {letter.author}
        <br />
        {letter.platformName}
      </p>
      <p className="letter-foot">
        Vos données servent seulement à vous accompagner. Vous pouvez les voir, les faire corriger ou vous y
        opposer : demandez à la plateforme.
      </p>
    </article>
  );
}
