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
        nothing: ['message_id', 'key', 'platform_id', 'link_id', 'failure', 'attempts'],
        identifier: ['case_id', 'asked_by'],
        contact_details: ['address'],
        free_text: ['subject', 'body', 'attachment'],
        follow_up: ['kind', 'channel', 'state', 'not_before', 'created_at', 'settled_at'],
      },
    },
    'contacts.school_questions': {
      about: 'young_person',
      purpose: 'demander à l’établissement d’origine ce que la personne est devenue, et garder sa réponse',
      source: 'les personnes de la plateforme ; l’établissement',
      ends: ['cases.age_limit', 'cases.closed'],
      of: { column: 'case_id', key: 'case_id' },
      readBy: ['pupil.read'],
      columns: {
        nothing: ['question_id', 'case_version', 'link_id'],
        identifier: ['case_id', 'asked_by', 'answered_by', 'seen_by'],
        schooling: ['uai'],
        follow_up: ['asked_at', 'answer', 'place', 'answered_at', 'seen_at'],
      },
    },
    'contacts.schools': {
      about: 'professional',
      purpose: 'écrire à l’établissement d’origine',
      source: 'la direction de l’établissement, ou la coordination départementale',
      ends: ['contacts.school'],
      readBy: ['school.contact'],
      columns: { nothing: ['uai', 'told_at'], identifier: ['told_by'], account: ['email'] },
    },
    'contacts.school_links': {
      about: 'nobody',
      purpose: 'les liens envoyés aux établissements',
      columns: { nothing: ['link_id', 'uai', 'platform_id', 'made_at', 'expires_at', 'reminded_at'] },
    },
    'contacts.school_link_tokens': {
      about: 'nobody',
      purpose: 'les empreintes de ce qui ouvre ces liens',
      columns: { nothing: ['token_hash', 'link_id', 'made_at'] },
    },
  },
  classes: [
    {
      code: 'contacts.school',
      label: 'l’adresse électronique d’un établissement',
      from: 'le jour où elle a été donnée',
      term: { count: 3, unit: 'years' },
      basis: 'choix du produit : une adresse se redonne',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'contacts.schools', where: 'told_at < $1' },
    },
    {
      code: 'contacts.link',
      label: 'ce qui ouvre un lien envoyé à un établissement',
      from: 'le départ du message',
      term: { count: 60, unit: 'days' },
      basis: 'choix du produit : un lien ne répond que trois semaines',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'contacts.school_link_tokens', where: 'made_at < $1' },
    },
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
