/** Name of the entry that makes a ZIP archive a workbook (XLSX). Source: ECMA-376, part 1, §12. */
export const WORKBOOK_ENTRY = 'xl/workbook.xml';

function begins(head: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

export function looksLikeGzip(head: Uint8Array): boolean {
  return begins(head, 0x1f, 0x8b);
}

/** First local header, or the end record of an archive without entries. */
export function looksLikeZip(head: Uint8Array): boolean {
  return begins(head, 0x50, 0x4b, 0x03, 0x04) || begins(head, 0x50, 0x4b, 0x05, 0x06);
}

/** Formats that are no text, whatever their name says: PDF, PNG, JPEG, GIF, old Office, archives. */
export function looksLikeForeignFormat(head: Uint8Array): boolean {
  return (
    begins(head, 0x25, 0x50, 0x44, 0x46, 0x2d) ||
    begins(head, 0x89, 0x50, 0x4e, 0x47) ||
    begins(head, 0xff, 0xd8, 0xff) ||
    begins(head, 0x47, 0x49, 0x46, 0x38) ||
    begins(head, 0xd0, 0xcf, 0x11, 0xe0) ||
    begins(head, 0x37, 0x7a, 0xbc, 0xaf) ||
    begins(head, 0x52, 0x61, 0x72, 0x21) ||
    looksLikeGzip(head) ||
    looksLikeZip(head)
  );
}
