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
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PurposeLabels = {
  follow_up: 'suivre les jeunes de la plateforme',
  coordination: 'coordonner les plateformes du département',
  schooling: 'connaître le devenir des anciens élèves',
  solution: 'proposer une solution',
  steering: 'piloter, sans donnée nominative',
  control: 'contrôler l’usage des données',
} as const satisfies Record<Purpose, string>;

export const PERMISSIONS = [
  'case.read',
  'case.act',
  'case.assign',
  'pupil.read',
  'indicators.read',
  'audit.read',
  'profile.read',
  'jobs.manage',
  'privacy.handle',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface PermissionRow {
  readonly role: Role;
  readonly territoryKind: TerritoryKind;
  readonly purpose: Purpose;
  readonly permissions: readonly Permission[];
}

/** The permission table. What is not written here is refused. */
export const PERMISSION_TABLE: readonly PermissionRow[] = [
  {
    role: 'caseworker',
    territoryKind: 'platform',
    purpose: 'follow_up',
    permissions: ['profile.read', 'case.read', 'case.act'],
  },
  {
    role: 'co_leader',
    territoryKind: 'platform',
    purpose: 'follow_up',
    permissions: ['profile.read', 'case.read', 'case.act', 'case.assign'],
  },
  {
    role: 'department_coordinator',
    territoryKind: 'department',
    purpose: 'coordination',
    permissions: ['profile.read', 'case.read', 'case.assign'],
  },
  {
    role: 'school_head',
    territoryKind: 'establishment',
    purpose: 'schooling',
    permissions: ['profile.read', 'pupil.read'],
  },
  { role: 'provider', territoryKind: 'platform', purpose: 'solution', permissions: ['profile.read'] },
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
    permissions: ['profile.read', 'audit.read', 'privacy.handle'],
  },
];
