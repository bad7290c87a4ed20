import type { ModuleRetention } from '../../kernel/retention.ts';
import { PARTNER_CLASSES, PARTNER_TABLES } from './partners/retention.ts';

const INVITED = 'la personne qui invite';

export const ACCESS_RETENTION: ModuleRetention = {
  tables: {
    'access.people': {
      about: 'professional',
      purpose: 'savoir qui travaille, et dire qui a fait quoi',
      source: 'le fournisseur d’identité de la personne',
      ends: ['access.left', 'access.partner'],
      readBy: ['case.read'],
      columns: {
        identifier: ['person_id', 'issuer', 'subject'],
        account: ['display_name', 'email', 'siret'],
      },
    },
    'access.memberships': {
      about: 'professional',
      purpose: 'donner à chacun les droits de sa fonction sur son territoire, et pas d’autres',
      source: INVITED,
      ends: ['access.left'],
      columns: {
        nothing: ['membership_id', 'organisation_id'],
        identifier: ['person_id', 'revoked_by'],
        right: [
          'role',
          'territory_kind',
          'territory_id',
          'valid_from',
          'valid_to',
          'confirmed_on',
          'confirm_by',
          'suspended_on',
          'revoked_at',
        ],
      },
    },
    'access.invitations': {
      about: 'professional',
      purpose: 'inviter quelqu’un à travailler sur un territoire',
      source: INVITED,
      ends: ['access.invitation'],
      columns: {
        nothing: ['invitation_id', 'organisation_id'],
        identifier: ['invited_by', 'accepted_by'],
        account: ['email'],
        right: ['role', 'territory_kind', 'territory_id', 'valid_to'],
        security: ['token_hash', 'expires_at', 'accepted_at', 'revoked_at'],
      },
    },
    'access.sessions': {
      about: 'professional',
      purpose: 'reconnaître la personne connectée d’une demande à l’autre',
      source: 'le programme, à la connexion',
      ends: ['access.session'],
      columns: {
        identifier: ['person_id'],
        security: [
          'token_hash',
          'created_at',
          'expires_at',
          'ended_at',
          'acr',
          'auth_time',
          'kept',
          'kind',
          'sid',
          'scopes',
          'strong',
        ],
      },
    },
    'access.replacements': {
      about: 'professional',
      purpose: 'remplacer quelqu’un un temps, avec des dates',
      source: 'la personne qui répond de la plateforme',
      ends: ['access.replacement'],
      columns: {
        nothing: ['replacement_id', 'membership_id'],
        identifier: ['substitute', 'made_by', 'revoked_by'],
        right: ['valid_from', 'valid_to', 'made_at', 'revoked_at'],
      },
    },
    'access.openings': {
      about: 'young_person',
      purpose: 'ouvrir pour trois heures, en disant pourquoi, le dossier de quelqu’un d’un autre territoire',
      source: 'la personne qui ouvre',
      ends: ['cases.age_limit', 'cases.closed'],
      of: { column: 'siei', key: 'siei' },
      columns: {
        nothing: ['opening_id', 'platform_id'],
        identifier: ['person_id', 'siei'],
        trace: ['reason', 'opened_at', 'expires_at'],
        free_text: ['statement'],
      },
    },
    'access.notices': {
      about: 'professional',
      purpose:
        'prévenir qui doit l’être : une ouverture hors territoire, un droit qui finit, un remplacement, une échéance légale',
      source: 'le programme',
      ends: ['access.notice'],
      // Of a legal clock: it goes with the case that it is about.
      of: { column: 'about', key: 'case_id' },
      columns: {
        nothing: ['notice_id', 'to_platform', 'to_control', 'step'],
        identifier: ['to_person'],
        trace: ['at', 'kind', 'about', 'details'],
      },
    },
    'access.daily_use': {
      about: 'professional',
      purpose: 'mesurer les consultations de chacun par jour, pour les quotas et les lectures inhabituelles',
      source: 'le programme',
      ends: ['access.use'],
      columns: { identifier: ['person_id'], trace: ['day', 'kind', 'n'] },
    },
    ...PARTNER_TABLES,
    'access.quotas': {
      about: 'nobody',
      purpose: 'combien de consultations et d’exports par personne et par jour',
      columns: { nothing: ['kind', 'per_day'] },
    },
    'access.organisations': {
      about: 'nobody',
      purpose: 'les structures qui travaillent',
      columns: { nothing: ['organisation_id', 'kind', 'name', 'uai'] },
    },
    'access.platforms': {
      about: 'nobody',
      purpose: 'les plateformes',
      columns: { nothing: ['platform_id', 'code', 'name', 'department', 'region'] },
    },
    'access.zones': {
      about: 'nobody',
      purpose: 'les communes de chaque plateforme',
      columns: { nothing: ['platform_id', 'commune', 'valid_from', 'valid_to'] },
    },
    'access.designations': {
      about: 'nobody',
      purpose: 'les actes qui désignent les structures destinataires des listes',
      columns: {
        nothing: [
          'designation_id',
          'platform_id',
          'organisation_id',
          'authority',
          'act_reference',
          'signed_on',
          'valid_from',
          'valid_to',
        ],
      },
    },
    'access.permissions': {
      about: 'nobody',
      purpose: 'la table des droits',
      columns: { nothing: ['role', 'territory_kind', 'purpose', 'permission'] },
    },
  },
  classes: [
    {
      code: 'access.replacement',
      label: 'les remplacements finis',
      from: 'la fin du remplacement',
      term: { count: 3, unit: 'years' },
      basis: 'choix du produit : pouvoir dire au nom de qui quelqu’un a lu',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'access.replacements', where: 'valid_to < $1' },
    },
    {
      code: 'access.notice',
      label: 'les avertissements',
      from: 'leur date',
      term: { count: 1, unit: 'years' },
      basis: 'choix du produit',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'access.notices', where: 'at < $1' },
    },
    {
      code: 'access.use',
      label: 'les mesures d’usage par personne et par jour',
      from: 'le jour mesuré',
      term: { count: 90, unit: 'days' },
      basis: 'choix du produit : le temps de comparer aux habitudes',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'access.daily_use', where: 'day < $1' },
    },
    {
      code: 'access.session',
      label: 'les sessions finies',
      from: 'la fin de la session',
      term: { count: 30, unit: 'days' },
      basis: 'choix du produit : le temps d’instruire un incident ; la trace garde la connexion',
      adjustable: true,
      ending: {
        does: 'remove_rows',
        table: 'access.sessions',
        where: 'least(coalesce(ended_at, expires_at), expires_at) < $1',
      },
    },
    {
      code: 'access.invitation',
      label: 'les invitations échues, acceptées ou retirées',
      from: 'la fin de l’invitation',
      term: { count: 30, unit: 'days' },
      basis: 'choix du produit',
      adjustable: true,
      ending: {
        does: 'remove_rows',
        table: 'access.invitations',
        where: 'least(coalesce(accepted_at, revoked_at, expires_at), expires_at) < $1',
      },
    },
    ...PARTNER_CLASSES,
    {
      code: 'access.left',
      label: 'le nom et l’adresse de qui ne travaille plus ici',
      from: 'la fin de son dernier droit',
      term: { count: 3, unit: 'years' },
      basis: 'choix du produit : pouvoir dire qui a vu, quand quelqu’un le demande',
      adjustable: true,
      ending: {
        does: 'erase',
        table: 'access.people',
        where: `issuer <> 'erased' AND EXISTS (SELECT FROM access.memberships m WHERE m.person_id = people.person_id)
          AND NOT EXISTS (SELECT FROM access.memberships m WHERE m.person_id = people.person_id
            AND least(m.revoked_at, (m.valid_to + 1)::TIMESTAMPTZ, 'infinity') >= $1)`,
        set: {
          display_name: "'Personne partie'",
          email: "person_id::TEXT || '@parti.invalid'",
          issuer: "'erased'",
          subject: 'person_id::TEXT',
          siret: 'NULL',
        },
      },
    },
  ],
};
