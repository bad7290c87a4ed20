import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { may, useMe } from '../client/session.ts';
import { NoRight, PageLoading } from '../frame/states.tsx';
import { ADMINISTRATION_TABS, Tabs, tabsOf } from './tabs.tsx';

const PAGES = {
  '/administration': lazy(() => import('./trail.tsx')),
  '/administration/jours-inhabituels': lazy(() => import('./unusual.tsx')),
  '/administration/demandes': lazy(() => import('./privacy-requests.tsx')),
  '/administration/durees': lazy(() => import('./retention.tsx')),
  '/administration/campagnes': lazy(() => import('./campaigns.tsx')),
  '/administration/livraisons': lazy(() => import('./deliveries.tsx')),
  '/administration/travaux': lazy(() => import('./jobs.tsx')),
} as const;
const NotFound = lazy(() => import('../pages/not-found.tsx'));

/** Administration: control of who sees what, requests of persons, what the program does by itself. */
export default function Administration() {
  const { data: me } = useMe();
  if (!me) return null;
  const mine = tabsOf(me, ADMINISTRATION_TABS);
  const [first] = mine;
  return (
    <div className="page page-wide admin">
      <title>Administration · Raccroche</title>
      <Tabs label="Pages de l’administration" tabs={mine} />
      <Suspense fallback={<PageLoading />}>
        <Switch>
          {first && first.path !== '/administration' && (
            <Route path="/administration">
              <Redirect to={first.path} replace />
            </Route>
          )}
          {ADMINISTRATION_TABS.map(({ path, label, permission }) => {
            const Page = PAGES[path as keyof typeof PAGES];
            return (
              <Route key={path} path={path}>
                {may(me, permission) ? <Page /> : <NoRight what={`« ${label} »`} />}
              </Route>
            );
          })}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </div>
  );
}
