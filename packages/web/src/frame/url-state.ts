import { useLocation, useSearch } from 'wouter';

export type UrlChange = Readonly<Record<string, string | undefined>>;

/** Search part of an address after a change; names without a value go. */
export function changedSearch(search: string, change: UrlChange): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a screen shows, kept in its address: a colleague who gets the link sees the same. Ids and codes only. */
export function useUrlState(): readonly [
  URLSearchParams,
  (change: UrlChange, options?: { readonly replace?: boolean }) => void,
] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  return [
    new URLSearchParams(search),
    (change, options = {}) => navigate(path + changedSearch(window.location.search, change), options),
  ];
}
