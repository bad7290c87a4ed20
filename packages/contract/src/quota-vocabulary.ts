import { EXPORT_PURPOSES, type ExportPurpose, ExportPurposeLabels } from './list-columns.ts';

/** What a day allows so much of, and of which somebody may ask for more. Beside them `opening`, of which nobody is given more. */
export const RAISED_QUOTAS = ['consultation', 'listing', 'export'] as const;
export type RaisedQuota = (typeof RAISED_QUOTAS)[number];

export const RaisedQuotaLabels = {
  consultation: 'dossiers ouverts',
  listing: 'noms affichés en liste',
  export: 'exports',
} as const satisfies Record<RaisedQuota, string>;

/** What more is asked for. A code, never a text: what somebody writes about their day may speak of a young person. */
export const RAISE_PURPOSES = [...EXPORT_PURPOSES, 'new_list', 'absence'] as const;
export type RaisePurpose = (typeof RAISE_PURPOSES)[number];

export const RaisePurposeLabels = {
  ...(ExportPurposeLabels satisfies Record<ExportPurpose, string>),
  new_list: 'prendre en main une liste qui vient d’arriver',
  absence: 'tenir les dossiers d’une personne absente',
} as const satisfies Record<RaisePurpose, string>;
