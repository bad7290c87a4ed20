/** Words of what the program writes to people. */

/** By what a message goes; their labels are those of the attempts. */
export const MESSAGE_CHANNELS = ['email', 'sms', 'letter'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

export const MESSAGE_KINDS = [
  'appointment_invitation',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_reminder',
  'school_question',
  'school_reminder',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
export const MessageKindLabels = {
  appointment_invitation: 'invitation à un rendez-vous',
  appointment_moved: 'changement d’un rendez-vous',
  appointment_cancelled: 'annulation d’un rendez-vous',
  appointment_reminder: 'rappel d’un rendez-vous',
  school_question: 'questions à un établissement',
  school_reminder: 'relance d’un établissement',
} as const satisfies Record<MessageKind, string>;

export const MESSAGE_STATES = ['waiting', 'sent', 'failed', 'withdrawn'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
export const MessageStateLabels = {
  waiting: 'pas encore parti',
  sent: 'parti',
  failed: 'n’a pas pu partir',
  withdrawn: 'retiré avant de partir',
} as const satisfies Record<MessageState, string>;
