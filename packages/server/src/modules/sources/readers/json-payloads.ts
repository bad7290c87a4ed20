import { JSONParser } from '@streamparser/json';

/** A payload is some KB; what has not ended after this many characters is no file of ours, and must not fill the memory. */
const LONGEST_PAYLOAD_CHARACTERS = 16_000_000;
/** A text up to this size is parsed at one go: Node's own parser takes a tenth of the time of one that can wait for more. */
const WHOLE_TEXT_CHARACTERS = 1_000_000;
const BLANK_LINE = /^[ \t\r]*$/;

/** The text is not JSON, ends too early, or holds a payload that never does. */
export class JsonPayloadsError extends Error {
  constructor() {
    // The parser's message quotes the text: it is not carried on.
    super('malformed JSON');
    this.name = 'JsonPayloadsError';
  }
}

/**
 * Finds the payloads of a JSON text that comes in pieces: elements of one or several arrays, objects, or one value a line.
 * Each way of finding them hands over to the next, from the first text that it cannot parse: the small text as a whole, then
 * line by line, then a parser that needs neither, which alone decides that a text is malformed.
 */
export class JsonPayloads {
  readonly #onPayload: (payload: unknown) => void;
  readonly #wholeTextCharacters: number;
  #way: 'whole' | 'lines' | 'streamed' = 'whole';
  /** Text that waits for more of it. */
  #held = '';
  #parser: JSONParser | undefined;
  /** Payloads that the parser gave since the last piece of text. */
  #found: unknown[] = [];
  /** Whether there has been a payload. */
  #begun = false;
  /** Characters since the last payload. */
  #unfinished = 0;

  constructor(onPayload: (payload: unknown) => void, wholeTextCharacters = WHOLE_TEXT_CHARACTERS) {
    this.#wholeTextCharacters = wholeTextCharacters;
    this.#onPayload = (payload) => {
      this.#unfinished = 0;
      this.#begun = true;
      onPayload(payload);
    };
  }

  /** Throws JsonPayloadsError, and what the receiver of payloads throws. */
  write(chunk: string): void {
    this.#unfinished += chunk.length;
    if (this.#way === 'streamed') this.#stream(chunk);
    else {
      this.#held += chunk;
      if (this.#way === 'lines') this.#takeLines();
      else if (this.#held.length > this.#wholeTextCharacters) this.#goOn();
    }
    if (this.#unfinished > LONGEST_PAYLOAD_CHARACTERS) throw new JsonPayloadsError();
  }

  /** Call once, at the end of the text. Throws as `write`. */
  end(): void {
    if (this.#way === 'whole') {
      const whole = parsed(this.#held);
      if (whole !== undefined) {
        this.#give(whole.value);
        return;
      }
      this.#goOn();
    }
    if (this.#way === 'lines') {
      const last = parsed(this.#held);
      if (last !== undefined) this.#give(last.value);
      if (last !== undefined || BLANK_LINE.test(this.#held)) return;
      this.#goStreaming();
    }
    try {
      if (this.#parser && !this.#parser.isEnded) this.#parser.end();
    } catch {
      throw new JsonPayloadsError();
    }
    this.#tellFound();
  }

  #tellFound(): void {
    const payloads = this.#found;
    this.#found = [];
    for (const payload of payloads) this.#onPayload(payload);
  }

  /** The text is too large to be parsed as a whole, or is no one value. */
  #goOn(): void {
    if (/^\s*\[/.test(this.#held)) this.#goStreaming();
    else {
      this.#way = 'lines';
      this.#takeLines();
    }
  }

  #takeLines(): void {
    const text = this.#held;
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = text.slice(from, end);
      const found = parsed(line);
      if (found === undefined && !BLANK_LINE.test(line)) {
        this.#held = text.slice(from);
        this.#goStreaming();
        return;
      }
      if (found !== undefined) this.#give(found.value);
      from = end + 1;
    }
    this.#held = text.slice(from);
  }

  #goStreaming(): void {
    this.#way = 'streamed';
    const text = this.#held;
    this.#held = '';
    this.#stream(text);
  }

  #stream(text: string): void {
    this.#parser ??= this.#startParser(text);
    if (this.#parser === undefined) return;
    try {
      this.#parser.write(text);
    } catch {
      throw new JsonPayloadsError();
    }
    this.#tellFound();
  }

  /** Undefined as long as the text is nothing but blanks. */
  #startParser(text: string): JSONParser | undefined {
    const first = /\S/.exec(text)?.[0];
    if (first === undefined && !this.#begun) return undefined;
    const ofArrays = first === '[' && !this.#begun;
    // keepStack off: elements given out are forgotten, so that an array of any length fits.
    const parser = new JSONParser({ paths: [ofArrays ? '$.*' : '$'], keepStack: false, separator: '' });
    parser.onValue = ({ value }) => {
      // Arrays may follow objects, one a line.
      if (!ofArrays && Array.isArray(value)) for (const element of value) this.#found.push(element);
      else this.#found.push(value);
    };
    return parser;
  }

  /** A value that stands by itself, or the elements of an array. */
  #give(value: unknown): void {
    if (Array.isArray(value)) for (const element of value) this.#onPayload(element);
    else this.#onPayload(value);
  }
}

/** The one value that `text` is; undefined when it is no such text. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
