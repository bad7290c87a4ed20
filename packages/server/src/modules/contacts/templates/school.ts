import { signature, type Text } from './frame.ts';
import { dayWords } from './french-dates.ts';

/** What a school is asked. No name of a pupil: those are behind the link. */
export interface SchoolAsking {
  readonly school: string;
  /** Who asks: names of platforms. */
  readonly platforms: readonly string[];
  readonly questions: number;
  readonly link: string;
  /** Last day on which the link answers. */
  readonly lastDay: string;
}

const pupils = (count: number) => (count === 1 ? 'un ancien élève' : `${count} anciens élèves`);

/** « La plateforme de Lens » in the middle of a sentence, or several. */
function who(platforms: readonly string[]): string {
  const names = platforms.map((name) =>
    /^plateforme /i.test(name) ? `la p${name.slice(1)}` : `la plateforme ${name}`,
  );
  const last = names.at(-1);
  if (last === undefined) return 'la plateforme de suivi';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} et ${last}`;
}
const begins = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const ask = (platforms: readonly string[]) => (platforms.length > 1 ? 'cherchent' : 'cherche');

const frame = ({ link, lastDay, platforms }: SchoolAsking, paragraphs: readonly string[]) =>
  [
    'Bonjour,',
    ...paragraphs,
    `Répondre, en deux clics et sans mot de passe : ${link}`,
    `Ce lien ne montre que les élèves dont il est question. Il répond jusqu’au ${dayWords(lastDay)} ; gardez-le dans votre établissement.`,
    signature({ platform: platforms.join('\n') }),
    'Pourquoi ce message : l’établissement d’origine et la plateforme de suivi se disent ce que deviennent les jeunes sortis sans diplôme (code de l’éducation, article L.313-7). Votre réponse est gardée dans leur dossier, et ils peuvent la lire.',
  ].join('\n\n');

/** The first message: what is asked, of how many, and what the answer is good for. */
export function schoolQuestion(one: SchoolAsking): Text {
  return {
    subject: `Que sont-ils devenus ? Une question sur ${pupils(one.questions)}`,
    body: frame(one, [
      `${begins(who(one.platforms))} ${ask(one.platforms)} à savoir ce que sont devenus ${pupils(one.questions)} de votre établissement (${one.school}).`.replace(
        'ce que sont devenus un ancien élève',
        'ce qu’est devenu un ancien élève',
      ),
      'Ce que vous en savez évite d’appeler une famille pour rien, et permet d’aider plus vite celles et ceux qui attendent.',
    ]),
  };
}

/** The only other one, a week later. */
export function schoolReminder(one: SchoolAsking): Text {
  return {
    subject: `Rappel : une question sur ${pupils(one.questions)}`,
    body: frame(one, [
      `Il y a une semaine, ${who(one.platforms)} vous posait une question sur ${pupils(one.questions)} de votre établissement (${one.school}). Si vous n’avez pas de nouvelles, dites-le aussi : c’est une réponse utile. Nous n’écrirons plus à ce sujet.`,
    ]),
  };
}
