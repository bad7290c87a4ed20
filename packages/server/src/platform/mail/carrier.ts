/** A file that goes with a message. `text`: its content; `type`: its media type, such as `text/calendar; method=REQUEST`. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A message ready to leave. */
export interface CarriedMessage {
  /** The same whenever the message is tried again. */
  readonly messageId: string;
  readonly channel: 'email' | 'sms' | 'letter';
  /** An e-mail address, a telephone number, or the lines of a postal address. */
  readonly address: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly attachment: Attachment | undefined;
}

/** Carries one message. Throws MessageRefused when trying again is of no use, anything else when it may be. */
export type CarryMessage = (message: CarriedMessage) => Promise<void>;

/** Whoever receives says no: an address that does not exist, a message that is not wanted. Tells nothing of the message. */
export class MessageRefused extends Error {
  constructor() {
    super('the message was refused');
    this.name = 'MessageRefused';
  }
}
