/** Who writes, as the reader sees it. */
export interface Sender {
  /** `Plateforme de Lens`. */
  readonly platform: string;
  /** First name or name of the person who writes; none: the platform. */
  readonly person?: string | undefined;
  /** How to answer: a telephone number, an address; several lines. */
  readonly answerTo?: string | undefined;
}

/** Subject and plain text of a message. */
export interface Text {
  readonly subject: string;
  readonly body: string;
}

/** What somebody may ask about data on them, in the words of the message that tells it. Source: GDPR art. 14, 15, 16, 21. */
const RIGHTS = [
  'Pourquoi ce message : votre établissement, ou un service public de la formation, nous a dit que vous aviez arrêté une formation. La plateforme de votre secteur est là pour vous aider (code de l’éducation, articles L.313-7 et L.313-8).',
  'Vos droits : vous pouvez demander ce que nous savons de vous, le faire corriger, ou dire que vous ne souhaitez pas être suivi. Répondez à la plateforme, ou écrivez à son délégué à la protection des données.',
];

/** The same, to whoever answers for a minor. */
export const rightsOf = (firstName: string): readonly string[] => [
  `Pourquoi ce message : un établissement, ou un service public de la formation, a signalé que ${firstName} a quitté une formation sans diplôme. La plateforme de votre secteur propose de l’aide (code de l’éducation, articles L.313-7 et L.313-8).`,
  'Vos droits : vous pouvez demander ce que nous savons de votre enfant, le faire corriger, ou dire que vous ne souhaitez pas être contacté. Répondez à la plateforme, ou écrivez à son délégué à la protection des données.',
];

/** A message in full: greeting, paragraphs, who writes, why and with which rights. Paragraphs are parted by an empty line. */
export function fullText(
  greeting: string,
  paragraphs: readonly string[],
  sender: Sender,
  rights: readonly string[] = RIGHTS,
): string {
  return [greeting, ...paragraphs, signature(sender), ...rights].join('\n\n');
}

export function signature({ platform, person, answerTo }: Sender): string {
  return [person, platform, answerTo].filter((line) => line !== undefined && line !== '').join('\n');
}

/** An SMS, in plain signs: one that the alphabet of SMS lacks halves what a part holds (GSM 03.38). */
export const shortText = (text: string): Text => ({
  subject: '',
  body: text.replaceAll('’', "'").replaceAll('\u00A0', ' '),
});

/** Sentences, then who writes and how to answer, on one line. */
export const signedShort = (
  sentences: readonly string[],
  { platform, answerTo }: Pick<Sender, 'platform' | 'answerTo'>,
): string =>
  [...sentences, `${platform}${answerTo === undefined ? '' : `, ${answerTo.replaceAll('\n', ', ')}`}`].join(
    ' ',
  );
