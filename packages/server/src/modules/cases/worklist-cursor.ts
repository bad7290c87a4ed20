import { z } from 'zod';
import { RaccrocheError } from '../../kernel/errors.ts';

/** Where a page ended: the value that it is sorted by (null: never) and the case, which makes the order total. */
const Cursor = z.tuple([z.string().nullable(), z.uuid()]);
export type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws a RaccrocheError `bad_request` for a text that no page gave. */
export function readCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new RaccrocheError('bad_request', 'Cette page n’existe plus : reprenez la liste à son début.');
  }
}
