/** Papers that a platform makes about somebody, with their French names. */
export const DOCUMENT_KINDS = ['summons', 'attestation', 'interview_summary'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export const DocumentLabels = {
  summons: 'invitation à l’entretien',
  attestation: 'attestation de suivi',
  interview_summary: 'résumé de l’entretien',
} as const satisfies Record<DocumentKind, string>;
