import type { IntakeIssueCode } from '@raccroche/contract';
import { UnknownEncodingError } from '../../../platform/text/detect-encoding.ts';
import { XmlError } from '../../../platform/xml/parse-xml.ts';
import { ArchiveError, type ArchiveRefusal } from '../../../platform/zip/unpacking-limits.ts';
import { FileRejection } from '../reader.ts';

const ARCHIVE_CODES = {
  encrypted: 'fichier_chiffre',
  oversized: 'archive_demesuree',
  'unsafe-path': 'archive_chemin_interdit',
  damaged: 'fichier_tronque',
} as const satisfies Record<ArchiveRefusal, IntakeIssueCode>;

/** What the platform's refusals mean to a sender; any other error comes back as it is. */
export function toFileRejection(cause: unknown): unknown {
  if (cause instanceof ArchiveError) {
    // An error of the file system or of a file inside says more than the archive's.
    if (cause.cause instanceof FileRejection) return cause.cause;
    return new FileRejection(ARCHIVE_CODES[cause.reason], undefined, { cause });
  }
  if (cause instanceof XmlError) {
    const code = cause.reason === 'doctype' ? 'xml_entite_interdite' : 'fichier_tronque';
    return new FileRejection(code, undefined, { cause });
  }
  if (cause instanceof UnknownEncodingError) {
    return new FileRejection('encodage_illisible', undefined, { cause });
  }
  return cause;
}

/** Passes chunks on; refusals of the platform become FileRejection. */
export async function* rejectingArchiveErrors(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw toFileRejection(cause);
  }
}
