import type { ModuleRetention } from '../../kernel/retention.ts';

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
  },
  tables: {
    'cases.cases': {
      ...FOLLOWED,
      purpose: 'suivre chaque jeune de la liste jusqu’à une solution (L.313-7, L.313-8, L.114-1)',
      source: `la campagne ; puis ${TEAM}`,
      columns: {
        nothing: ['platform_id', 'department', 'version'],
        identifier: ['case_id', 'siei'],
        identity: ['family_name', 'usage_name', 'first_names', 'sort_name', 'birth_date'],
        schooling: ['origin_uai'],
        follow_up: [
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
        nothing: ['transfer_id'],
        identifier: ['case_id'],
        follow_up: ['from_platform', 'to_platform', 'at'],
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
        follow_up: ['verification', 'verification_reason', 'listed'],
      },
    },
  },
  classes: [
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
