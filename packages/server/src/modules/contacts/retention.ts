import type { ModuleRetention } from '../../kernel/retention.ts';

export const CONTACTS_RETENTION: ModuleRetention = {
  tables: {
    'contacts.messages': {
      about: 'young_person',
      purpose: 'écrire à la personne, ou à propos d’elle, et garder qu’on l’a fait',
      source: 'les personnes de la plateforme, et le programme',
      ends: ['contacts.content', 'contacts.message', 'cases.age_limit', 'cases.closed'],
      of: { column: 'case_id', key: 'case_id' },
      columns: {
        nothing: ['message_id', 'key', 'platform_id', 'failure', 'attempts'],
        identifier: ['case_id', 'asked_by'],
        contact_details: ['address'],
        free_text: ['subject', 'body', 'attachment'],
        follow_up: ['kind', 'channel', 'state', 'not_before', 'created_at', 'settled_at'],
      },
    },
  },
  classes: [
    {
      code: 'contacts.content',
      label: 'l’adresse et le texte d’un message parti ou retiré',
      from: 'son départ, ou son retrait',
      term: { count: 90, unit: 'days' },
      basis: 'choix du produit : le temps de répondre à qui dit ne pas l’avoir reçu',
      adjustable: true,
      ending: {
        does: 'erase',
        table: 'contacts.messages',
        where: "settled_at < $1 AND address <> ''",
        set: { address: "''", subject: "''", body: "''", attachment: 'NULL' },
      },
    },
    {
      code: 'contacts.message',
      label: 'les messages qui ne parlent de personne en particulier',
      from: 'leur départ, ou leur retrait',
      term: { count: 1, unit: 'years' },
      basis: 'choix du produit ; ceux qui parlent de quelqu’un finissent avec son dossier',
      adjustable: true,
      ending: {
        does: 'remove_rows',
        table: 'contacts.messages',
        where: 'settled_at < $1 AND case_id IS NULL',
      },
    },
  ],
};
