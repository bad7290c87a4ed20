/** What somebody typed before leaving for a second factor: kept in this tab until they are back, and taken out once. */
interface Draft {
  readonly personId: string;
  /** Which form. */
  readonly name: string;
  readonly values: unknown;
}

const STORAGE_KEY = 'raccroche.saisie';

/** Keeps what was typed in a form; one at a time. */
export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(draft));
}

/** What the same person had typed in this form; undefined when there is nothing. It stays until `dropDraft`. */
export function findDraft(name: string, personId: string | undefined): unknown {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') as Draft | null;
    return kept?.name === name && kept.personId === personId ? kept.values : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(): void {
  sessionStorage.removeItem(STORAGE_KEY);
}

/** Where the browser goes to give a second factor, and comes back from to the very page it left. */
export const strongSignInAddress = (): string =>
  `/api/sign-in?strong=true&returnTo=${encodeURIComponent(window.location.pathname + window.location.search)}`;
