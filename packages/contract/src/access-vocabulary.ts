/** Who may do what, over which territory, for what purpose: one table, read by the server, the base and the screens. */

export const TERRITORY_KINDS = ['platform', 'establishment', 'department', 'region', 'nation'] as const;
export type TerritoryKind = (typeof TERRITORY_KINDS)[number];

export const ORGANISATION_KINDS = [
  'school',
  'cio',
  'mission_locale',
  'cfa',
  'association',
  'academie',
  'departement',
  'region',
  'dgesco',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const ROLES = [
  'caseworker',
  'co_leader',
  'department_coordinator',
  'school_head',
  'provider',
  'regional_steering',
  'national_administration',
  'data_protection',
] as const;
export type Role = (typeof ROLES)[number];

export const RoleLabels = {
  caseworker: 'conseiller ou conseillère de la plateforme',
  co_leader: 'co-responsable de la plateforme',
  department_coordinator: 'coordination départementale',
  school_head: 'chef ou cheffe d’établissement',
  provider: 'structure qui propose une solution',
  regional_steering: 'pilotage régional',
  national_administration: 'administration nationale',
  data_protection: 'protection des données',
} as const satisfies Record<Role, string>;

/** What for. A right holds for one purpose; each request declares the one it is made for, and it is kept in the trail. */
export const PURPOSES = [
  'follow_up',
  'coordination',
  'schooling',
  'solution',
  'steering',
  'control',
  'administration',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PurposeLabels = {
  follow_up: 'suivre les jeunes de la plateforme',
  coordination: 'coordonner les plateformes du département',
  schooling: 'connaître le devenir des anciens élèves',
  solution: 'proposer une solution',
  steering: 'piloter, sans donnée nominative',
  control: 'contrôler l’usage des données',
  administration: 'donner des droits et en répondre',
} as const satisfies Record<Purpose, string>;

export const PERMISSIONS = [
  'case.read',
  'case.act',
  'case.assign',
  'case.open_elsewhere',
  'case.signal',
  'meeting.hold',
  'pupil.read',
  'referral.answer',
  'pupil.answer',
  'school.contact',
  'indicators.read',
  'audit.read',
  'profile.read',
  'jobs.manage',
  'member.read',
  'member.manage',
  'replacement.make',
  // To grant somebody more of a day than it allows.
  'quota.raise',
  'designation.read',
  'designation.write',
  'zone.read',
  'zone.write',
  // To give and take the role itself, over territories within one's own.
  'grant.caseworker',
  'grant.co_leader',
  'grant.department_coordinator',
  'grant.school_head',
  'grant.provider',
  'grant.regional_steering',
  'grant.national_administration',
  'grant.data_protection',
  'privacy.handle',
  // Systems of partners: who answers for them, then what they themselves may do.
  'partner.read',
  'partner.manage',
  'situation.report',
  'delivery.push',
  'webhook.manage',
  'campaign.manage',
  // To look at twenty names of a campaign before it goes out.
  'campaign.sample',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface PermissionRow {
  readonly role: Role;
  readonly territoryKind: TerritoryKind;
  readonly purpose: Purpose;
  readonly permissions: readonly Permission[];
  /** In French, where it is not plain: why this role and not another. */
  readonly because?: string;
}

/** The permission table. What is not written here is refused. */
export const PERMISSION_TABLE: readonly PermissionRow[] = [
  {
    role: 'caseworker',
    territoryKind: 'platform',
    purpose: 'follow_up',
    permissions: ['profile.read', 'case.read', 'case.act', 'case.signal', 'case.open_elsewhere'],
  },
  {
    role: 'co_leader',
    territoryKind: 'platform',
    purpose: 'follow_up',
    permissions: [
      'profile.read',
      'case.read',
      'case.act',
      'case.assign',
      'case.signal',
      'case.open_elsewhere',
      'meeting.hold',
    ],
  },
  {
    role: 'department_coordinator',
    territoryKind: 'department',
    purpose: 'coordination',
    permissions: ['profile.read', 'case.read', 'case.assign', 'case.open_elsewhere'],
  },
  {
    role: 'school_head',
    territoryKind: 'establishment',
    purpose: 'schooling',
    permissions: ['profile.read', 'pupil.read', 'pupil.answer', 'case.signal'],
  },
  {
    role: 'provider',
    territoryKind: 'platform',
    purpose: 'solution',
    permissions: ['profile.read', 'referral.answer'],
    because: 'Une structure voit les seuls jeunes qu’on lui propose, et d’eux ce qu’il faut pour répondre.',
  },
  {
    role: 'regional_steering',
    territoryKind: 'region',
    purpose: 'steering',
    permissions: ['profile.read', 'indicators.read'],
  },
  {
    role: 'national_administration',
    territoryKind: 'nation',
    purpose: 'steering',
    permissions: ['profile.read', 'indicators.read', 'jobs.manage'],
  },
  {
    role: 'data_protection',
    territoryKind: 'nation',
    purpose: 'control',
    permissions: ['profile.read', 'audit.read', 'privacy.handle', 'quota.raise'],
  },
  {
    role: 'caseworker',
    territoryKind: 'platform',
    purpose: 'administration',
    permissions: ['member.read', 'designation.read', 'zone.read', 'replacement.make'],
  },
  {
    role: 'co_leader',
    territoryKind: 'platform',
    purpose: 'administration',
    permissions: [
      'member.read',
      'member.manage',
      'grant.caseworker',
      'grant.provider',
      'designation.read',
      'zone.read',
      'replacement.make',
      'quota.raise',
      'partner.read',
    ],
    because:
      'La co-responsable ou le co-responsable répond de qui travaille sur sa plateforme, mais ne nomme pas ses pairs.',
  },
  {
    role: 'department_coordinator',
    territoryKind: 'department',
    purpose: 'administration',
    permissions: [
      'member.read',
      'member.manage',
      'grant.caseworker',
      'grant.co_leader',
      'grant.provider',
      'grant.school_head',
      'school.contact',
      'designation.read',
      'zone.read',
      'zone.write',
      'replacement.make',
      'partner.read',
      'partner.manage',
    ],
    because:
      'Le découpage entre plateformes d’un même département se décide là où elles sont coordonnées ; une mission locale, un CFA, un établissement travaillent avec plusieurs d’entre elles : leur système y est relié une seule fois, par qui les coordonne.',
  },
  {
    role: 'school_head',
    territoryKind: 'establishment',
    purpose: 'administration',
    permissions: ['replacement.make', 'school.contact'],
  },
  {
    role: 'provider',
    territoryKind: 'platform',
    purpose: 'administration',
    permissions: ['replacement.make'],
  },
  {
    role: 'regional_steering',
    territoryKind: 'region',
    purpose: 'administration',
    permissions: [
      'member.read',
      'member.manage',
      'grant.co_leader',
      'grant.department_coordinator',
      'designation.read',
      'designation.write',
      'zone.read',
      'zone.write',
      'replacement.make',
    ],
    because:
      'Depuis 2015, c’est la présidence du conseil régional qui désigne (L.313-7) : l’acte est enregistré par le pilotage régional, et par personne d’autre.',
  },
  {
    role: 'national_administration',
    territoryKind: 'nation',
    purpose: 'administration',
    permissions: [
      'member.read',
      'member.manage',
      'grant.department_coordinator',
      'grant.regional_steering',
      'grant.national_administration',
      'grant.data_protection',
      'designation.read',
      'zone.read',
      'replacement.make',
      'campaign.manage',
      'campaign.sample',
    ],
    because:
      'L’État coordonne le dispositif national (L.313-7) ; il ne désigne plus. Il croise les fichiers et remet les listes : lui seul mène les campagnes, et ne voit de noms que vingt tirés au sort avant une publication, avec un second facteur et dans la trace.',
  },
  {
    role: 'data_protection',
    territoryKind: 'nation',
    purpose: 'administration',
    permissions: ['member.read', 'designation.read', 'zone.read', 'replacement.make', 'partner.read'],
    because: 'Voit qui a quels droits, pour les contrôler ; n’en donne aucun.',
  },
];
