import type { ModuleRetention } from '../../kernel/retention.ts';
import { AGENDA_TABLES } from './agenda/retention.ts';
import { IDENTITY_TABLES } from './identity/retention.ts';
import { MEETING_TABLES } from './meetings/retention.ts';
import { PUBLICATION_CLASSES, PUBLICATION_TABLES } from './publication/retention.ts';
import { REFERRAL_TABLES } from './referrals/retention.ts';

const FOLLOWED = {
  about: 'young_person',
  ends: ['cases.age_limit', 'cases.closed'],
  of: { column: 'case_id', key: 'case_id' },
} as const;

const TEAM = 'les personnes de la plateforme, et les publications';

export const CASES_RETENTION: ModuleRetention = {
  cases: {
    table: 'cases.cases',
    department: 'department',
    openedIn: "date_trunc('month', opened_on)::DATE",
    outcome: "CASE WHEN verification = 'refuted' THEN 'refuted' ELSE coalesce(outcome, pathway) END",
    mergedInto: 'merged_into',
  },
  tables: {
    'cases.cases': {
      ...FOLLOWED,
      purpose: 'suivre chaque jeune de la liste jusqu’à une solution (L.313-7, L.313-8, L.114-1)',
      source: `la campagne ; puis ${TEAM}`,
      columns: {
        nothing: ['platform_id', 'listed_platform', 'department', 'version'],
        identifier: ['case_id', 'siei', 'merged_into'],
        identity: ['family_name', 'usage_name', 'first_names', 'sort_name', 'birth_date'],
        contact_details: ['commune', 'commune_name', 'has_phone'],
        schooling: ['origin_uai', 'last_training', 'training', 'training_level', 'left_on'],
        follow_up: [
          'call_back_at',
          'closed_by',
          'closed_on',
          'closing_asked_by',
          'confirmed_on',
          'entered_on',
          'interview_at',
          'interview_minutes',
          'interview_mode',
          'interview_place',
          'interview_with',
          'interview_invited',
          'interview_state',
          'interview_held_at',
          'joint_interview_at',
          'mission_locale',
          'return_asked_on',
          'solution',
          'summoned_on',
          'verify_after',
          'verification',
          'verification_reason',
          'contact',
          'pathway',
          'outcome',
          'obligation',
          'referent',
          'listed',
          'delisted_reason',
          'closed_by_human',
          'opened_on',
          'last_attempt_at',
          'attempts',
        ],
      },
    },
    'cases.events': {
      ...FOLLOWED,
      purpose: 'garder l’histoire du dossier : ce qui s’est passé, quand, par qui',
      source: TEAM,
      columns: {
        nothing: ['event_id', 'case_version', 'undoes'],
        identifier: ['case_id'],
        follow_up: ['kind', 'happened_at', 'recorded_at', 'actor', 'details'],
        entry: ['before', 'after'],
      },
    },
    'cases.transfers': {
      ...FOLLOWED,
      purpose: 'dire aux deux plateformes qu’un dossier est passé de l’une à l’autre',
      source: 'les publications',
      columns: {
        nothing: ['transfer_id', 'publication_id'],
        identifier: ['case_id'],
        follow_up: ['from_platform', 'to_platform', 'at', 'announced'],
      },
    },
    'cases.notes': {
      ...FOLLOWED,
      purpose: 'une courte note de travail, gardée moins longtemps que le dossier',
      source: 'les personnes de la plateforme',
      ends: ['cases.note', ...FOLLOWED.ends],
      columns: {
        nothing: ['case_version'],
        identifier: ['case_id', 'author'],
        free_text: ['text'],
        follow_up: ['erase_after'],
      },
    },
    'cases.contact_marks': {
      ...FOLLOWED,
      purpose: 'dire ce que vaut un moyen de joindre la personne ou son représentant légal',
      source: 'les personnes de la plateforme',
      columns: {
        nothing: ['case_version'],
        identifier: ['case_id'],
        contact_details: ['kind', 'value', 'holder'],
        follow_up: ['mark', 'marked_on'],
      },
    },
    'cases.postponements': {
      ...FOLLOWED,
      purpose: 'ce que quelqu’un remet à plus tard dans sa journée',
      source: 'les personnes de la plateforme',
      columns: { identifier: ['person_id', 'case_id'], follow_up: ['item', 'until'] },
    },
    'cases.name_words': {
      ...FOLLOWED,
      purpose: 'chercher un nom malgré les accents et les fautes',
      source: 'le nom du dossier',
      columns: { nothing: ['place'], identifier: ['case_id'], identity: ['word', 'sound'] },
    },
    'cases.phone_keys': {
      ...FOLLOWED,
      purpose: 'chercher par numéro de téléphone',
      source: 'l’entrée de la liste',
      columns: { nothing: ['place'], identifier: ['case_id'], contact_details: ['phone'] },
    },
    'cases.findings': {
      about: 'young_person',
      purpose:
        'savoir qui a cherché quelqu’un dans tout le pays, et permettre de demander l’accès ou le transfert',
      source: 'la personne qui cherche',
      ends: ['cases.finding', ...FOLLOWED.ends],
      of: { column: 'found', key: 'case_id', within: true },
      columns: { nothing: ['finding_id'], identifier: ['person_id', 'found'], trace: ['at'] },
    },
    'cases.notices': {
      ...FOLLOWED,
      purpose: 'dire à la plateforme ce qu’un partenaire a fait ou demandé d’un de ses dossiers',
      source: 'la personne qui demande',
      columns: {
        nothing: ['notice_id', 'platform_id'],
        identifier: ['case_id', 'asked_by', 'seen_by'],
        follow_up: ['kind', 'at', 'seen_at'],
      },
    },
    'cases.requests': {
      ...FOLLOWED,
      purpose: 'répondre à qui demande l’accès à un dossier, ou son transfert',
      source: 'la personne qui demande, et celle qui répond',
      readBy: ['case.act', 'case.signal'],
      columns: {
        nothing: ['request_id', 'to_platform'],
        identifier: ['case_id', 'asked_by', 'answered_by'],
        follow_up: ['wanted', 'asked_on', 'expires_on', 'answer', 'reason', 'answered_at'],
      },
    },
    'cases.caseload_limits': {
      about: 'nobody',
      purpose: 'combien de dossiers chaque plateforme recommande et permet par personne',
      columns: { nothing: ['platform_id', 'recommended', 'maximum'] },
    },
    'cases.answers': {
      about: 'young_person',
      purpose: 'répondre de même à la même demande envoyée deux fois, et ne la faire qu’une fois',
      source: 'le programme',
      ends: ['cases.answer', ...FOLLOWED.ends],
      of: { column: 'answer', key: 'case_id', within: true },
      columns: {
        nothing: ['key', 'request_sha256'],
        identifier: ['person_id'],
        trace: ['at'],
        entry: ['answer'],
      },
    },
    ...IDENTITY_TABLES,
    ...AGENDA_TABLES,
    ...MEETING_TABLES,
    ...PUBLICATION_TABLES,
    ...REFERRAL_TABLES,
    'cases.own_views': {
      about: 'professional',
      purpose: 'garder sous un nom à soi un filtre de la liste, en codes',
      source: 'la personne elle-même',
      ends: ['cases.own_view'],
      columns: {
        nothing: ['view_id', 'platform_id', 'kept_on'],
        identifier: ['person_id'],
        account: ['name', 'search'],
      },
    },
    'cases.former_pupils': {
      about: 'young_person',
      purpose:
        'dire à l’établissement d’origine ce que sont devenus ses anciens élèves (une vue, rien n’y est gardé)',
      source: 'cases.cases',
      ends: FOLLOWED.ends,
      readBy: ['pupil.read'],
      columns: {
        identifier: ['case_id', 'siei'],
        identity: ['family_name', 'first_names', 'birth_date'],
        schooling: ['origin_uai'],
        follow_up: ['verification', 'verification_reason', 'listed', 'destination', 'destination_on'],
      },
    },
  },
  classes: [
    ...PUBLICATION_CLASSES,
    {
      code: 'cases.note',
      label: 'les notes',
      from: 'le jour que la note porte',
      basis: 'durée courte choisie par le produit, écrite sur chaque note',
      adjustable: false,
      ending: { does: 'remove_rows', table: 'cases.notes', where: 'erase_after < $1' },
    },
    {
      code: 'cases.meeting',
      label: 'les réunions et ce qui y est décidé',
      from: 'le jour de la réunion',
      term: { count: 2, unit: 'years' },
      basis: 'choix du produit : le temps de deux années de travail',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'cases.meetings', where: 'held_on < $1' },
    },
    {
      code: 'cases.finding',
      label: 'les recherches dans tout le pays',
      from: 'la recherche',
      term: { count: 90, unit: 'days' },
      basis: 'choix du produit : la trace garde que la recherche a eu lieu',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'cases.findings', where: 'at < $1' },
    },
    {
      code: 'cases.answer',
      label: 'les réponses gardées pour ne rien faire deux fois',
      from: 'la réponse',
      term: { count: 2, unit: 'days' },
      basis: 'choix du produit : le temps de réessayer',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'cases.answers', where: 'at < $1' },
    },
    {
      code: 'cases.own_view',
      label: 'les vues de la liste que chacun enregistre',
      from: 'le jour où la vue a été enregistrée',
      term: { count: 3, unit: 'years' },
      basis: 'choix du produit : un filtre en codes, qui ne parle d’aucun jeune',
      adjustable: true,
      ending: { does: 'remove_rows', table: 'cases.own_views', where: 'kept_on < $1' },
    },
    {
      code: 'cases.age_limit',
      label: 'le dossier, son histoire et l’entrée de la liste',
      from: 'la naissance',
      term: { count: 26, unit: 'years' },
      basis:
        '26e anniversaire : fin de l’âge du repérage, et durée que le décret 2015-59 donne aux missions locales ; la durée propre au SIEI n’a pas été trouvée',
      adjustable: false,
      ending: { does: 'remove_cases', where: 'birth_date <= $1' },
    },
    {
      code: 'cases.closed',
      label: 'le dossier clos, ou de qui n’est pas à suivre, et qui n’est plus sur la liste',
      from: 'la dernière chose qui s’y est passée',
      term: { count: 2, unit: 'years' },
      basis:
        'deux ans, seule durée vue du côté de l’éducation nationale (application SDO) ; à fixer par le responsable du traitement',
      adjustable: true,
      ending: {
        does: 'remove_cases',
        where: `NOT listed AND (pathway = 'closed' OR verification = 'refuted')
          AND NOT EXISTS (SELECT FROM cases.events e WHERE e.case_id = cases.case_id AND e.recorded_at >= $1)`,
      },
    },
  ],
};
