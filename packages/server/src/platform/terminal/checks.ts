/** One thing that was looked at, told to people in French, and whether it is as it should be. */
export interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks on standard output, one a line or as one JSON object; says whether all hold. */
export function writeChecks(
  checks: readonly Check[],
  { json = false }: { json?: boolean | undefined },
): boolean {
  const ok = checks.every((check) => check.ok);
  const lines = checks.map((check) => `${check.ok ? 'oui' : 'NON'}  ${check.text}`);
  process.stdout.write(json ? `${JSON.stringify({ ok, checks })}\n` : `${lines.join('\n')}\n`);
  return ok;
}
