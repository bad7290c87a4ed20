import type { CaseFilter } from './case-shapes.ts';

/** The tabs of the worklist: each is a filter, whose count `worklistCounts` gives. */
export const SAVED_VIEWS = {
  all: { label: 'Tous', filter: { open: true } },
  mine: { label: 'Mes dossiers', filter: { open: true, referent: 'me' } },
  nobody: { label: 'Sans référent', filter: { open: true, referent: 'nobody' } },
  to_verify: { label: 'À vérifier', filter: { open: true, verification: 'to_verify' } },
  minors_without_interview: {
    label: 'Mineurs sans entretien',
    filter: { open: true, minor: true, interviewed: false },
  },
  never_called: { label: 'Jamais contactés', filter: { open: true, contact: 'to_contact' } },
  quiet: { label: 'Sans contact depuis 30 jours', filter: { open: true, quietDays: 30 } },
  unreachable: { label: 'Injoignables', filter: { open: true, contact: 'unreachable' } },
  entered: { label: 'Entrés depuis 1 mois', filter: { enteredWithin: 31 } },
  delisted: { label: 'Plus sur la liste', filter: { open: true, listed: false, signalled: false } },
  signalled: { label: 'Signalés hors liste', filter: { open: true, signalled: true } },
} as const satisfies Record<string, { label: string; filter: CaseFilter }>;
export type SavedView = keyof typeof SAVED_VIEWS;
