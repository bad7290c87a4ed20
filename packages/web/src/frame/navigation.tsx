import { Link, useLocation } from 'wouter';
import type { Me } from '../client/session.ts';
import { navigationOf } from '../screens.ts';
import { usePlatform } from './platform.ts';

/** By what one does. At the bottom of a phone, under the thumb. */
export function Navigation({ me }: { readonly me: Me }) {
  const [path] = useLocation();
  const platform = usePlatform();
  const screens = navigationOf(me);
  if (screens.length === 0) return null;
  const search = platform && me.platforms.length > 1 ? `?plateforme=${platform.platformId}` : '';
  return (
    <nav className="navigation" aria-label="Navigation principale">
      <ul>
        {screens.map((screen) => (
          <li key={screen.path}>
            <Link
              href={screen.path + (screen.permission === 'pupil.read' ? '' : search)}
              aria-current={path === screen.path ? 'page' : undefined}
            >
              {screen.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
