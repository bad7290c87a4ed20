import {
  PERMISSION_TABLE,
  type Role,
  type RouteDefinition,
  type RouteName,
} from '../packages/contract/src/index.ts';

/** Where what a request names is: on one's own territory, at a neighbour's in the département, or further. */
export const PLACES = ['own', 'neighbour', 'elsewhere'] as const;
type Place = (typeof PLACES)[number];

/**
 * What becomes of it: done; done, but with nothing of there, as if there were nothing; refused, as if there were nothing.
 */
type Outcome = 'oui' | 'rien' | 'non';

/** Of the country, or of nobody's territory: the same from everywhere. */
const OF_THE_COUNTRY: ReadonlySet<RouteName> = new Set([
  'signOut',
  'renewSession',
  'communes',
  'platforms',
  'organisations',
  'addOrganisation',
  // These two are there to look beyond one's territory: one says which platform alone, the other is told to it.
  'findElsewhere',
  'openElsewhere',
]);

/** What they name is in their query or their body, and refused when it is elsewhere. */
const REFUSED_BY_WHAT_THEY_NAME: ReadonlySet<RouteName> = new Set([
  'members',
  'invite',
  'makeReplacement',
  'designate',
  'substitutes',
  'openMeeting',
  'keepView',
  'caseloads',
  'setCaseload',
  'setSchoolContact',
  'answerAsHead',
  'addPartner',
  'signal',
  'decideLitige',
  'withdrawLitigeDecision',
]);

/** Of a right that somebody holds: theirs to lend, or of whoever gives it. */
const OF_A_RIGHT: ReadonlySet<RouteName> = new Set(['makeReplacement', 'endReplacement', 'substitutes']);

/** What a role may do of a route, wherever. */
function isAllowed(role: Role, route: RouteDefinition): boolean {
  if (route.access === 'public' || route.access === 'demo') return true;
  if (route.system) return false;
  return holds(role, route.access);
}
const holds = (role: Role, wanted: string) =>
  PERMISSION_TABLE.some((row) => row.role === role && row.permissions.some((one) => one === wanted));

/** Does the territory of the role have that place? */
function reaches(role: Role, place: Place): boolean {
  if (place === 'own' || role === 'national_administration' || role === 'data_protection') return true;
  return place === 'neighbour' && (role === 'department_coordinator' || role === 'regional_steering');
}

function isWithin(role: Role, name: RouteName, place: Place): boolean {
  if (place === 'own') return true;
  // A view of one's own is nobody else's, a zone is read with those around it, and a school tells of whoever lives elsewhere.
  if (name === 'dropView') return false;
  if (name === 'departmentCommunes' && place === 'neighbour') return true;
  if (name === 'signal' && role === 'school_head') return true;
  return reaches(role, place) && (!OF_A_RIGHT.has(name) || holds(role, 'grant.caseworker'));
}

/** What becomes of the request of a role that names something of a place. */
export function outcomeOf(role: Role, name: RouteName, route: RouteDefinition, place: Place): Outcome {
  if (!isAllowed(role, route)) return 'non';
  if (route.access === 'public' || route.access === 'demo' || OF_THE_COUNTRY.has(name)) return 'oui';
  if (isWithin(role, name, place)) return 'oui';
  return route.params || REFUSED_BY_WHAT_THEY_NAME.has(name) ? 'non' : 'rien';
}

/** What becomes of the request of a system that names an establishment, or something of another system, that is not its own. */
export function systemOutcomeElsewhere(name: RouteName, route: RouteDefinition): Outcome {
  return route.params || name === 'pushDelivery' || name === 'partnerSignal' ? 'non' : 'rien';
}
