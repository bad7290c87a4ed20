import { changedSearch } from '../frame/url-state.ts';

/** The page where one is, with a case open beside it. */
export const caseLink = (caseId: string, form?: string) =>
  `${window.location.pathname}${changedSearch(window.location.search, { dossier: caseId, faire: form })}`;
