interface ReadFile {
  readonly path: string;
  readonly rejected: boolean;
  readonly rows: number;
  readonly rejects: number;
}

const REASONS_TOLD = 8;

/** What to write to the sender of a file: what was wrong and how many times, no value of any line. Null when all was well. */
export function senderMessage(
  { path, rejected, rows, rejects }: ReadFile,
  reasons: readonly { readonly message: string; readonly count: number }[],
): string | null {
  const hello = `Bonjour,\n\nNous avons reçu votre fichier « ${path} ».`;
  const end = 'Pouvez-vous le corriger et le déposer de nouveau ? Merci.';
  const told = reasons.slice(0, REASONS_TOLD).map(({ message, count }) => `- ${message} (${count})`);
  if (rejected) return [`${hello} Il n’a pas pu être lu.`, ...told, '', end].join('\n');
  if (rejects === 0) return null;
  const rest = reasons.length > REASONS_TOLD ? [`- et ${reasons.length - REASONS_TOLD} autres motifs`] : [];
  return [
    `${hello} Sur ${rows} lignes, ${rejects} n’ont pas pu être prises :`,
    ...told,
    ...rest,
    '',
    `Le détail, ligne par ligne, est dans le rapport joint. ${end}`,
  ].join('\n');
}
