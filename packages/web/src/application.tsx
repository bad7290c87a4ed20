import { SCHOOL_LINK_PATH } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ME_KEY, type Me, may, useMe } from './client/session.ts';
import { Frame, PublicFrame } from './frame/frame.tsx';
import { PageFault } from './frame/page-fault.tsx';
import { Failed, NoRight, PageLoading } from './frame/states.tsx';
import { firstPath, mayOpen, SCREENS } from './screens.ts';

const SignIn = lazy(() => import('./signin/sign-in.tsx'));
const Worklist = lazy(() => import('./worklist/worklist.tsx'));
const CasePage = lazy(() => import('./dossier/case-page.tsx'));
const Litiges = lazy(() => import('./litiges/litiges.tsx'));
const MonthlyMeeting = lazy(() => import('./meeting/meeting.tsx'));
const Verification = lazy(() => import('./verification/verification.tsx'));
const MyDay = lazy(() => import('./myday/my-day.tsx'));
const Agenda = lazy(() => import('./agenda/agenda.tsx'));
const Letters = lazy(() => import('./documents/letters.tsx'));
const SchoolLetterPage = lazy(() => import('./documents/school-letter.tsx'));
const WalkIn = lazy(() => import('./walkin/walk-in.tsx'));
const ReceivedReferrals = lazy(() => import('./provider/received.tsx'));
const FormerPupils = lazy(() => import('./school/former-pupils.tsx'));
const Partners = lazy(() => import('./partners/partners-page.tsx'));
const Network = lazy(() => import('./admin/network.tsx'));
const Administration = lazy(() => import('./admin/administration.tsx'));
const Warnings = lazy(() => import('./warnings/warnings.tsx'));
const SchoolLink = lazy(() => import('./school/school-link.tsx'));
const Help = lazy(() => import('./pages/help.tsx'));
const Accessibility = lazy(() => import('./pages/accessibility.tsx'));
const Legal = lazy(() => import('./pages/legal.tsx'));
const PersonalData = lazy(() => import('./pages/personal-data.tsx'));
const Shortcuts = lazy(() => import('./pages/shortcuts.tsx'));
const NotFound = lazy(() => import('./pages/not-found.tsx'));

/** Pages that anybody may read, signed in or not. */
const OPEN_PAGES: readonly (readonly [string, ComponentType])[] = [
  [SCHOOL_LINK_PATH, SchoolLink],
  ['/aide', Help],
  ['/accessibilite', Accessibility],
  ['/mentions-legales', Legal],
  ['/donnees-personnelles', PersonalData],
  ['/raccourcis', Shortcuts],
];
const isOpenPage = (path: string) => OPEN_PAGES.some(([open]) => open === path);

const GUARDED: readonly (readonly [string, ComponentType])[] = [
  ['/ma-journee', MyDay],
  ['/liste', Worklist],
  ['/a-verifier', Verification],
  ['/rendez-vous', Agenda],
  ['/propositions', ReceivedReferrals],
  ['/litiges', Litiges],
  ['/reunion', MonthlyMeeting],
  ['/anciens-eleves', FormerPupils],
  ['/partenaires', Partners],
  ['/reseau', Network],
  ['/administration', Administration],
  ['/avertissements', Warnings],
];

/** Screens with pages of their own within. */
const WITH_PAGES = ['/reseau', '/administration'];

function Pages({ me }: { readonly me: Me }) {
  return (
    <Switch>
      <Route path="/">
        <Redirect to={firstPath(me)} replace />
      </Route>
      {GUARDED.map(([path, Page]) => {
        const screen = SCREENS.find((one) => one.path === path);
        const allowed = screen === undefined || mayOpen(me, screen);
        return (
          <Route key={path} path={WITH_PAGES.includes(path) ? `${path}/*?` : path}>
            {allowed ? <Page /> : <NoRight what={`« ${screen.label} »`} />}
          </Route>
        );
      })}
      <Route path="/dossiers/:caseId">
        {({ caseId }) =>
          may(me, 'case.read') ? <CasePage key={caseId} caseId={caseId} /> : <NoRight what="ce dossier" />
        }
      </Route>
      <Route path="/accueil">
        {may(me, 'case.signal') ? <WalkIn /> : <NoRight what="cette recherche" />}
      </Route>
      <Route path="/documents/etablissement">
        {may(me, 'case.act') ? <SchoolLetterPage /> : <NoRight what="les documents" />}
      </Route>
      <Route path="/documents">{may(me, 'case.act') ? <Letters /> : <NoRight what="les documents" />}</Route>
      {OPEN_PAGES.map(([path, Page]) => (
        <Route key={path} path={path} component={Page} />
      ))}
      <Route path="/connexion">
        <Redirect to={firstPath(me)} replace />
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}

/** The place of the keyboard and of screen readers follows the page. */
function useFocusOnPage(): void {
  const [path] = useLocation();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    document.getElementById('contenu')?.focus();
  }, [path]);
}

export function Application() {
  const [path] = useLocation();
  const { data: me, error, isPending, refetch } = useMe();
  const client = useQueryClient();
  useFocusOnPage();
  const waiting = <PageLoading />;
  if (isPending) return <PublicFrame>{waiting}</PublicFrame>;
  if (error !== null && me === undefined)
    return (
      <PublicFrame>
        <Failed error={error} what="l’application" onRetry={() => void refetch()} />
      </PublicFrame>
    );
  if (!me) {
    return (
      <PublicFrame>
        <PageFault place={path}>
          <Suspense fallback={waiting}>
            {isOpenPage(path) ? (
              OPEN_PAGES.map(([open, Page]) => open === path && <Page key={open} />)
            ) : (
              <SignIn onSignedIn={() => void client.invalidateQueries({ queryKey: ME_KEY })} />
            )}
          </Suspense>
        </PageFault>
      </PublicFrame>
    );
  }
  return (
    <Frame me={me}>
      <PageFault place={path}>
        <Suspense fallback={waiting}>
          <Pages me={me} />
        </Suspense>
      </PageFault>
    </Frame>
  );
}
