import type { ModuleRetention } from '../../kernel/retention.ts';

const PUBLISHED = {
  about: 'young_person',
  purpose: 'remettre à la plateforme désignée la liste des jeunes de sa zone (L.313-7)',
  source: 'la campagne : les fichiers des émetteurs, croisés',
} as const;
const STAGED = { ...PUBLISHED, ends: ['lists.staged'] } as const;

export const LISTS_RETENTION: ModuleRetention = {
  tables: {
    'lists.publications': {
      about: 'nobody',
      purpose: 'les campagnes publiées',
      columns: {
        nothing: [
          'publication_id',
          'campaign',
          'as_of',
          'rule_set',
          'manifest_sha256',
          'entries',
          'published_at',
          'departments',
          'may_take_back',
          'taken_back_at',
        ],
      },
    },
    'lists.takings_back': {
      about: 'professional',
      purpose: 'dire qui a fait reprendre une publication, quand et pourquoi',
      source: 'la personne qui le demande',
      ends: ['lists.taken_back'],
      readBy: ['campaign.manage'],
      columns: {
        nothing: ['publication_id', 'asked_at'],
        identifier: ['asked_by'],
        free_text: ['reason'],
      },
    },
    'lists.campaign_runs': {
      about: 'nobody',
      purpose: 'les campagnes demandées depuis l’écran, et où elles en sont',
      columns: {
        nothing: [
          'run_id',
          'name',
          'as_of',
          'rule_set',
          'previous',
          'allow_missing',
          'state',
          'stages',
          'message',
          'cancel_asked',
          'asked_at',
          'seen_at',
          'ended_at',
        ],
      },
    },
    'lists.published_entries': {
      ...PUBLISHED,
      ends: ['lists.unlisted', 'cases.age_limit', 'cases.closed'],
      of: { column: 'siei', key: 'siei' },
      columns: {
        nothing: ['publication_id', 'former_publication_id', 'department', 'platform_id'],
        identifier: ['siei'],
        entry: ['entry'],
      },
    },
    'lists.staged_entries': {
      ...STAGED,
      columns: {
        nothing: ['department', 'platform_id'],
        identifier: ['siei', 'case_id'],
        identity: [
          'family_name',
          'usage_name',
          'first_names',
          'sort_name',
          'birth_date',
          'minor',
          'name_words',
          'name_sounds',
        ],
        schooling: ['origin_uai', 'last_training', 'training', 'training_level', 'left_on'],
        follow_up: ['mission_locale'],
        contact_details: ['commune', 'commune_name', 'has_phone', 'phone_keys'],
        entry: ['entry'],
      },
    },
    'lists.staged_elsewhere': {
      ...STAGED,
      columns: {
        nothing: ['department', 'platform_id'],
        identifier: ['siei'],
        identity: ['sort_name', 'birth_date'],
      },
    },
    'lists.staged_aliases': { ...STAGED, columns: { identifier: ['siei', 'current_siei'] } },
    'lists.staged_removals': { ...STAGED, columns: { identifier: ['siei'], schooling: ['reason'] } },
  },
  classes: [
    {
      code: 'lists.staged',
      label: 'ce qu’une publication pose le temps de travailler',
      from: 'le début de la publication',
      basis: 'rien n’en survit à la publication, qui est une seule transaction',
      adjustable: false,
      ending: { does: 'elsewhere', by: 'chaque publication, avant de finir' },
    },
    {
      code: 'lists.taken_back',
      label: 'qui a fait reprendre une publication, et pourquoi',
      from: 'la demande',
      basis: 'rendre compte d’un acte qui a changé des dossiers, tant qu’ils existent',
      adjustable: false,
      ending: { does: 'nothing', why: 'aucun nom de jeune ; quelques lignes par an' },
    },
    {
      code: 'lists.unlisted',
      label: 'l’entrée de qui n’est plus sur la liste',
      from: 'la publication d’une liste où la personne n’est plus',
      basis: 'seule l’entrée en vigueur sert au suivi',
      adjustable: false,
      ending: { does: 'elsewhere', by: 'la publication suivante' },
    },
  ],
};
