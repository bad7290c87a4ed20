import type { Permission } from '@raccroche/contract';
import { Link, useLocation } from 'wouter';
import { type Me, may } from '../client/session.ts';

/** A page within a screen. */
export interface Tab {
  readonly path: string;
  readonly label: string;
  readonly permission: Permission;
}

export const NETWORK_TABS: readonly Tab[] = [
  { path: '/reseau', label: 'Membres', permission: 'member.read' },
  { path: '/reseau/remplacements', label: 'Remplacements', permission: 'replacement.make' },
  { path: '/reseau/plateformes', label: 'Plateformes et zones', permission: 'designation.read' },
];

export const ADMINISTRATION_TABS: readonly Tab[] = [
  { path: '/administration', label: 'Trace', permission: 'audit.read' },
  { path: '/administration/jours-inhabituels', label: 'Jours inhabituels', permission: 'audit.read' },
  { path: '/administration/demandes', label: 'Demandes des personnes', permission: 'privacy.handle' },
  { path: '/administration/durees', label: 'Durées et registre', permission: 'privacy.handle' },
  { path: '/administration/campagnes', label: 'Campagnes', permission: 'campaign.manage' },
  { path: '/administration/livraisons', label: 'Livraisons', permission: 'campaign.manage' },
  { path: '/administration/travaux', label: 'Travaux', permission: 'jobs.manage' },
];

export const tabsOf = (me: Me, tabs: readonly Tab[]): readonly Tab[] =>
  tabs.filter(({ permission }) => may(me, permission));

/** The pages of a screen that one may open; nothing when there is only one. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const [path] = useLocation();
  if (tabs.length < 2) return null;
  const here = tabs.findLast((tab) => path === tab.path || path.startsWith(`${tab.path}/`));
  return (
    <nav className="views" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.path}>
            <Link href={tab.path} aria-current={tab === here ? 'page' : undefined}>
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
