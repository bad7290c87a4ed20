import { RoleLabels } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { call, rememberSession } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ME_KEY, type Me, may, roleOf } from '../client/session.ts';
import { screensOf } from '../screens.ts';
import { useUnseen } from '../warnings/unseen.ts';
import { capital, counted } from '../words/texts.ts';
import { IN_BAR } from './navigation.tsx';
import { usePlatform } from './platform.ts';
import { Search } from './search.tsx';

function PlatformSwitch({ me }: { readonly me: Me }) {
  const platform = usePlatform();
  const [path, navigate] = useLocation();
  if (me.platforms.length === 0) return null;
  if (me.platforms.length === 1) return <p className="header-place">{platform?.name}</p>;
  return (
    <label className="header-place">
      <span className="visually-hidden">Plateforme</span>
      <select
        value={platform?.platformId ?? ''}
        onChange={(event) =>
          navigate(`${path.startsWith('/dossiers') ? '/liste' : path}?plateforme=${event.target.value}`)
        }
      >
        {me.platforms.map(({ platformId, name }) => (
          <option key={platformId} value={platformId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How many notices are new, beside one's name. */
function Unseen({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <>
      {' '}
      <span className="account-unseen" aria-hidden="true">
        {count}
      </span>
      <span className="visually-hidden">
        , {counted(count, 'nouvel avertissement', 'nouveaux avertissements')}
      </span>
    </>
  );
}

/** Closes the session here, then at the provider. */
function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return async () => {
    let location: string | null;
    try {
      ({ location } = await call('signOut', {}));
    } catch {
      tell({ tone: 'problem', text: 'Connexion perdue : vous n’êtes pas encore déconnecté.' });
      return;
    }
    rememberSession(undefined, undefined);
    navigate('/');
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME_KEY[0] });
    client.setQueryData(ME_KEY, null);
    // Closed here; the provider closes its own session, and sends the browser back.
    if (location !== null) window.location.assign(location);
  };
}

function Account({ me }: { readonly me: Me }) {
  const role = roleOf(me);
  const unseen = useUnseen();
  const signOut = useSignOut();
  return (
    <details className="account">
      <summary>
        {me.displayName}
        <Unseen count={unseen} />
      </summary>
      <div className="account-menu">
        <p>
          <strong>{me.displayName}</strong>
          <br />
          {role && capital(RoleLabels[role])}
        </p>
        <ul className="account-screens">
          {screensOf(me)
            .slice(IN_BAR)
            .filter(({ path }) => path !== '/avertissements')
            .map(({ path, label }) => (
              <li key={path}>
                <Link href={path}>{label}</Link>
              </li>
            ))}
        </ul>
        <ul>
          <li>
            <Link href="/avertissements">
              Avertissements{unseen > 0 && <> ({counted(unseen, 'nouveau', 'nouveaux')})</>}
            </Link>
          </li>
          <li>
            <Link href="/raccourcis">Raccourcis clavier</Link>
          </li>
          <li>
            <Link href="/donnees-personnelles">Vos données</Link>
          </li>
        </ul>
        <button type="button" className="button button-quiet" onClick={() => void signOut()}>
          Se déconnecter
        </button>
      </div>
    </details>
  );
}

export function Header({ me }: { readonly me: Me }) {
  return (
    <header className="header">
      <Link className="brand" href="/">
        <img src="/favicon.svg" alt="" width="32" height="32" />
        Raccroche
      </Link>
      <PlatformSwitch me={me} />
      {may(me, 'case.read') && <Search />}
      <Link className="header-help" href="/aide">
        Aide
      </Link>
      <Account me={me} />
    </header>
  );
}
