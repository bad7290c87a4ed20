import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { may, useMe } from '../client/session.ts';
import { NoRight, PageLoading } from '../frame/states.tsx';
import { MembersPage } from './members.tsx';
import { ReplacementsPage } from './replacements.tsx';
import { NETWORK_TABS, Tabs, tabsOf } from './tabs.tsx';

const NotFound = lazy(() => import('../pages/not-found.tsx'));
const PlatformsPage = lazy(() => import('./platforms.tsx'));
const PlatformPage = lazy(() => import('./platform-page.tsx'));

/** Réseau: who has which rights, who replaces whom, platforms with their zones and designations. */
export default function Network() {
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <div className="page page-wide admin">
      <title>Réseau · Raccroche</title>
      <Tabs label="Pages du réseau" tabs={tabsOf(me, NETWORK_TABS)} />
      <Suspense fallback={<PageLoading />}>
        <Switch>
          <Route path="/reseau">
            {may(me, 'member.read') ? <MembersPage /> : <Redirect to="/reseau/remplacements" replace />}
          </Route>
          <Route path="/reseau/remplacements" component={ReplacementsPage} />
          <Route path="/reseau/plateformes">
            {may(me, 'designation.read') ? <PlatformsPage /> : <NoRight what="« Plateformes et zones »" />}
          </Route>
          <Route path="/reseau/plateformes/:platformId">
            {({ platformId }) =>
              may(me, 'designation.read') ? (
                <PlatformPage key={platformId} platformId={platformId} />
              ) : (
                <NoRight what="cette plateforme" />
              )
            }
          </Route>
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </div>
  );
}
