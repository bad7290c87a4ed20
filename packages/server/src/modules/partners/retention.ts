import type { ModuleRetention } from '../../kernel/retention.ts';

export const PARTNERS_RETENTION: ModuleRetention = {
  tables: {
    'partners.webhooks': {
      about: 'nobody',
      purpose: 'où un système partenaire veut être averti, et de quoi',
      columns: {
        nothing: [
          'webhook_id',
          'partner_id',
          'url',
          'events',
          'kinds',
          'secret_no',
          'previous_secret_until',
          'made_at',
          'failing_since',
          'suspended_at',
          'suspended_for',
          'ended_at',
        ],
      },
    },
    'partners.messages': {
      about: 'young_person',
      purpose:
        'avertir un système partenaire de ce que deviennent les dossiers de ses plateformes, sans aucun nom',
      source: 'ce qui arrive aux dossiers',
      ends: ['partners.message', 'cases.age_limit', 'cases.closed'],
      of: { column: 'about', key: 'case_id', within: true },
      readBy: ['webhook.manage', 'partner.read'],
      columns: {
        nothing: [
          'message_id',
          'webhook_id',
          'platform_id',
          'made_at',
          'tries',
          'next_try_at',
          'delivered_at',
          'last_code',
        ],
        identifier: ['about'],
        follow_up: ['kind'],
      },
    },
    'partners.deliveries': {
      about: 'nobody',
      purpose: 'les fichiers déposés par les systèmes partenaires : leur empreinte et leurs comptes',
      columns: {
        nothing: ['delivery_id', 'partner_id', 'sha256', 'bytes', 'answer', 'received_at'],
      },
    },
  },
  classes: [
    {
      code: 'partners.message',
      label: 'les annonces faites aux systèmes partenaires',
      from: 'l’annonce',
      term: { count: 30, unit: 'days' },
      basis: 'choix du produit : le temps de refaire ce qui n’est pas arrivé',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'partners.messages', where: 'made_at < $1' },
    },
  ],
};
