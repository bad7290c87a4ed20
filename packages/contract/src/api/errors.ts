/** What an answer says when a request is not done. `detail` may add; the title is for people. Source: RFC 9457. */
export const API_ERRORS = {
  bad_request: { status: 400, title: 'La demande est mal écrite.' },
  sign_in_failed: { status: 400, title: 'La connexion n’a pas abouti.' },
  not_signed_in: { status: 401, title: 'Vous n’êtes pas connecté, ou votre session est finie.' },
  bad_csrf: { status: 403, title: 'La demande ne vient pas de cette application.' },
  not_allowed: { status: 403, title: 'Vous n’avez pas ce droit.' },
  not_invited: { status: 403, title: 'Personne ne vous a encore donné de droits ici.' },
  stronger_sign_in_needed: {
    status: 403,
    title: 'Confirmez d’abord que c’est bien vous, par un second facteur.',
  },
  not_found: { status: 404, title: 'Rien ici que vous puissiez voir.' },
  conflict: { status: 409, title: 'Quelqu’un a modifié ce dossier entre-temps.' },
  not_possible: { status: 422, title: 'Ce n’est pas possible là où en est le dossier.' },
  caseload_full: {
    status: 422,
    title: 'Cette personne suit déjà autant de dossiers que la plateforme le permet.',
  },
  too_many_requests: { status: 429, title: 'Trop de demandes en peu de temps.' },
  quota_reached: {
    status: 429,
    title: 'Vous avez atteint le nombre de consultations permis pour la journée.',
  },
  unexpected: { status: 500, title: 'Un défaut du programme : rien n’a été enregistré.' },
  not_ready: { status: 503, title: 'Le service n’est pas prêt.' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ApiErrorCode = keyof typeof API_ERRORS;
