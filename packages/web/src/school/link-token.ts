const STORAGE_KEY = 'raccroche.etablissement';
const TOKEN = /^#([0-9a-f]{64})$/;

/**
 * What opens the link: it comes behind the # of the address, which a browser never sends, and is taken off the address at once, so
 * that no history keeps it. Kept for this tab, so that the page may be loaded again. Null when there is none.
 */
export function takeLinkToken(): string | null {
  const [, token] = TOKEN.exec(window.location.hash) ?? [];
  if (token === undefined) return sessionStorage.getItem(STORAGE_KEY);
  sessionStorage.setItem(STORAGE_KEY, token);
  window.history.replaceState(null, '', window.location.pathname);
  return token;
}

/** The code of a letter, typed: kept for this tab like what a link brings. */
export function keepLinkToken(code: string): void {
  sessionStorage.setItem(STORAGE_KEY, code);
}
