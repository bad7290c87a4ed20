import type { ModuleRetention } from '../../../kernel/retention.ts';

/** What is kept of the systems of partners, beside their line among people. */
export const PARTNER_TABLES: ModuleRetention['tables'] = {
  'access.partners': {
    about: 'professional',
    purpose: 'relier le système d’un partenaire, avec ses droits et leurs dates',
    source: 'la personne qui relie le système',
    ends: ['access.partner'],
    readBy: ['partner.read'],
    columns: {
      nothing: ['partner_id', 'organisation_id', 'kind'],
      identifier: ['made_by', 'revoked_by'],
      right: ['scopes', 'valid_from', 'valid_to', 'made_at', 'revoked_at'],
    },
  },
  'access.partner_territories': {
    about: 'nobody',
    purpose: 'de quelles plateformes et de quels établissements un système partenaire peut parler',
    columns: { nothing: ['partner_id', 'territory_kind', 'territory_id'] },
  },
  'access.partner_secrets': {
    about: 'professional',
    purpose: 'reconnaître le système d’un partenaire',
    source: 'la personne qui relie le système',
    ends: ['access.partner_secret'],
    readBy: ['partner.read'],
    columns: {
      nothing: ['secret_id', 'partner_id'],
      identifier: ['made_by'],
      security: ['prefix', 'secret_hash', 'made_at', 'expires_at', 'last_used_at', 'revoked_at'],
    },
  },
};

/** When it ends. */
export const PARTNER_CLASSES: ModuleRetention['classes'] = [
  {
    code: 'access.partner_secret',
    label: 'les secrets des systèmes partenaires qui ne valent plus',
    from: 'la fin du secret',
    term: { count: 1, unit: 'years' },
    basis: 'choix du produit : le temps d’instruire un incident ; la trace garde les connexions',
    adjustable: true,
    ending: {
      does: 'remove_rows',
      table: 'access.partner_secrets',
      where: "least(coalesce(revoked_at, 'infinity'), coalesce(expires_at, 'infinity')) < $1",
    },
  },
  {
    code: 'access.partner',
    label: 'l’adresse de contact d’un système partenaire coupé ou échu',
    from: 'la fin du système',
    term: { count: 3, unit: 'years' },
    basis: 'choix du produit : pouvoir dire quel système a parlé d’un dossier',
    adjustable: true,
    ending: {
      does: 'erase',
      table: 'access.people',
      where: `issuer = 'partner' AND email NOT LIKE '%@parti.invalid' AND EXISTS (SELECT FROM access.partners s
        WHERE s.partner_id = people.person_id AND least(s.revoked_at, (s.valid_to + 1)::TIMESTAMPTZ) < $1)`,
      set: { email: "person_id::TEXT || '@parti.invalid'" },
    },
  },
];
