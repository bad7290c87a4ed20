import type { Permission } from '@raccroche/contract';
import { type Me, may } from './client/session.ts';

/** A screen of the navigation; shown to who holds the permission. */
export interface Screen {
  readonly path: string;
  readonly label: string;
  readonly permission: Permission;
  /** Others that open it too. */
  readonly or?: readonly Permission[];
}

export const SCREENS: readonly Screen[] = [
  { path: '/ma-journee', label: 'Ma journée', permission: 'case.act' },
  { path: '/liste', label: 'La liste', permission: 'case.read' },
  { path: '/a-verifier', label: 'À vérifier', permission: 'case.act' },
  { path: '/anciens-eleves', label: 'Anciens élèves', permission: 'pupil.read' },
  { path: '/reseau', label: 'Réseau', permission: 'replacement.make' },
  { path: '/administration', label: 'Administration', permission: 'audit.read', or: ['jobs.manage'] },
];

export const mayOpen = (me: Me, { permission, or = [] }: Screen): boolean =>
  [permission, ...or].some((one) => may(me, one));

export const screensOf = (me: Me): readonly Screen[] => SCREENS.filter((screen) => mayOpen(me, screen));

/** Where somebody begins; the help when no screen is open to them yet. */
export const firstPath = (me: Me): string => screensOf(me)[0]?.path ?? '/aide';
