import { SaxesParser, type SaxesTagPlain } from 'saxes';

/**
 * `doctype`: a DTD (and so entities) is declared, which is never interpreted.
 * `malformed`: the text ends before its root element does, or is not well-formed XML.
 */
export class XmlError extends Error {
  readonly reason: 'doctype' | 'malformed';

  constructor(reason: 'doctype' | 'malformed', options?: ErrorOptions) {
    super(`XML refused: ${reason}`, options);
    this.name = 'XmlError';
    this.reason = reason;
  }
}

/**
 * What a reader of XML does. Called once an element, so they must stay lean.
 * `open` answers whether the text of this element is wanted: text of others is dropped at once.
 * `close` is given the wanted text, entities resolved, of the element that closes ('' when it was not wanted).
 */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): boolean;
  close(name: string, text: string): void;
}

/** A push parser over saxes: streaming, strict on well-formedness, deaf to DTDs. */
export class XmlPushParser {
  readonly #parser: SaxesParser<{ xmlns: false; position: false }>;
  #text = '';
  #wanted = false;

  constructor(handlers: XmlHandlers) {
    const parser = new SaxesParser({ xmlns: false, position: false } as const);
    this.#parser = parser;
    const takeText = (text: string): void => {
      if (this.#wanted) this.#text += text;
    };
    parser.on('text', takeText);
    parser.on('cdata', takeText);
    parser.on('opentag', (tag: SaxesTagPlain) => {
      this.#text = '';
      this.#wanted = handlers.open(tag.name, tag.attributes);
    });
    parser.on('closetag', (tag: SaxesTagPlain) => {
      this.#wanted = false;
      handlers.close(tag.name, this.#text);
      this.#text = '';
    });
    parser.on('doctype', () => {
      throw new XmlError('doctype');
    });
    parser.on('error', (cause) => {
      // The parser's own message quotes the text: it is not carried on.
      throw new XmlError('malformed', { cause: cause.name });
    });
  }

  /** Throws XmlError. */
  write(chunk: string): void {
    this.#parser.write(chunk);
  }

  /** Call once, at the end of the text. Throws XmlError when the root element is still open. */
  end(): void {
    this.#parser.close();
  }
}

/** Parses a whole text; `afterChunk` is awaited once a chunk. Throws XmlError. */
export async function parseXml(
  chunks: AsyncIterable<string>,
  handlers: XmlHandlers,
  afterChunk: () => Promise<void>,
): Promise<void> {
  const parser = new XmlPushParser(handlers);
  for await (const chunk of chunks) {
    parser.write(chunk);
    await afterChunk();
  }
  parser.end();
}
