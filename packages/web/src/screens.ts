import type { Permission } from '@raccroche/contract';
import { type Me, may } from './client/session.ts';

/** A screen of the navigation; shown to who holds the permission. */
export interface Screen {
  readonly path: string;
  readonly label: string;
  readonly permission: Permission;
  /** Not in the navigation: reached from the screens where its work is told. */
  readonly aside?: true;
  /** Others that open it too. */
  readonly or?: readonly Permission[];
}

export const SCREENS: readonly Screen[] = [
  { path: '/ma-journee', label: 'Ma journée', permission: 'case.act' },
  { path: '/liste', label: 'La liste', permission: 'case.read' },
  { path: '/a-verifier', label: 'À vérifier', permission: 'case.act' },
  { path: '/rendez-vous', label: 'Rendez-vous', permission: 'case.read' },
  { path: '/propositions', label: 'Propositions', permission: 'referral.answer' },
  { path: '/litiges', label: 'Identités à trancher', permission: 'case.act', aside: true },
  { path: '/reunion', label: 'Réunion mensuelle', permission: 'meeting.hold', aside: true },
  { path: '/anciens-eleves', label: 'Anciens élèves', permission: 'pupil.read' },
  { path: '/partenaires', label: 'Partenaires', permission: 'partner.manage' },
  { path: '/reseau', label: 'Réseau', permission: 'replacement.make' },
  { path: '/administration', label: 'Administration', permission: 'audit.read', or: ['jobs.manage'] },
  // Reached from the account, where it says how many are new.
  { path: '/avertissements', label: 'Avertissements', permission: 'profile.read', aside: true },
];

export const mayOpen = (me: Me, { permission, or = [] }: Screen): boolean =>
  [permission, ...or].some((one) => may(me, one));

export const screensOf = (me: Me): readonly Screen[] => SCREENS.filter((screen) => mayOpen(me, screen));

/** Those of the navigation. */
export const navigationOf = (me: Me): readonly Screen[] => screensOf(me).filter(({ aside }) => !aside);

/** Where somebody begins; the help when no screen is open to them yet. */
export const firstPath = (me: Me): string => screensOf(me)[0]?.path ?? '/aide';
