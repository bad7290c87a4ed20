import {
  PARTNER_KINDS,
  PARTNER_PERMISSION_TABLE,
  type PartnerKind,
  PartnerKindLabels,
  PERMISSION_TABLE,
  PurposeLabels,
  ROLES,
  ROUTES,
  type Role,
  RoleLabels,
  type RouteDefinition,
} from '../packages/contract/src/index.ts';

const TERRITORY_LABELS = {
  platform: 'sa plateforme',
  establishment: 'son établissement',
  department: 'son département',
  region: 'sa région',
  nation: 'le pays',
} as const;

const SYSTEM_TERRITORY_LABELS = { platform: 'ses plateformes', establishment: 'ses établissements' } as const;

/** What a role may do of a route, for the page and for the tests that walk it. */
export function isAllowed(role: Role, route: RouteDefinition): boolean {
  if (route.access === 'public' || route.access === 'demo') return true;
  if (route.system) return false;
  const wanted = route.access;
  return PERMISSION_TABLE.some((row) => row.role === role && row.permissions.includes(wanted));
}

/** The same of a kind of system, whose token opens what is its own and nothing else. */
function isAllowedSystem(kind: PartnerKind, route: RouteDefinition): boolean {
  return PARTNER_PERMISSION_TABLE.some(
    (row) => row.kind === kind && row.permissions.some((one) => one === route.access),
  );
}

/** Routes of the systems of partners, and which kind of system may call each. */
function systemsSection(): string {
  const systems = PARTNER_PERMISSION_TABLE.map(
    (row) =>
      `| \`${row.kind}\` | ${PartnerKindLabels[row.kind]} | ${SYSTEM_TERRITORY_LABELS[row.territoryKind]} | ${PurposeLabels[row.purpose]} | ${row.permissions.map((one) => `\`${one}\``).join(' ')} | ${row.because} |`,
  );
  const routes = (Object.entries(ROUTES) as [string, RouteDefinition][])
    .filter(([, route]) => route.system)
    .map(
      ([name, route]) =>
        `| \`${name}\` | \`${route.access}\` | ${PARTNER_KINDS.map((kind) => (isAllowedSystem(kind, route) ? 'oui' : 'non')).join(' | ')} |`,
    );
  return `## Les systèmes partenaires

Un système se présente par un jeton d’accès de dix minutes (\`docs/partenaires.md\`), jamais par une session : ses routes refusent toutes les personnes, et les autres routes le refusent. Aucun de ses droits ne lit un dossier. Sur une plateforme, son organisation doit y être désignée, ce jour-là.

| système | lequel | sur | pour | droits | raison |
|---|---|---|---|---|---|
${systems.join('\n')}

| route | droit | ${PARTNER_KINDS.map((kind) => `\`${kind}\``).join(' | ')} |
|---|---|${PARTNER_KINDS.map(() => '---').join('|')}|
${routes.join('\n')}
`;
}

/** docs/acces.md: every route of the API, and which role may call it over which territory. */
export function accessPage(): string {
  const roles = ROLES.flatMap((role) => {
    const rows = PERMISSION_TABLE.filter((row) => row.role === role);
    return rows.map(
      (row) =>
        `| \`${role}\` | ${RoleLabels[role]} | ${TERRITORY_LABELS[row.territoryKind]} | ${PurposeLabels[row.purpose]} | ${row.permissions.map((one) => `\`${one}\``).join(' ')} | ${row.because ?? ''} |`,
    );
  });
  const routes = (Object.entries(ROUTES) as [string, RouteDefinition][]).map(
    ([name, route]) =>
      `| \`${name}\` | \`${route.method} ${route.path}\` | \`${route.access}\`${route.stepUp ? ' + second facteur' : ''}${route.system ? ', par un système' : ''} | ${ROLES.map((role) => (isAllowed(role, route) ? 'oui' : 'non')).join(' | ')} |`,
  );
  return `<!-- Écrit par « npm run docs » d’après packages/contract : ne pas corriger à la main. -->
# Qui peut quoi

« Oui » vaut sur le territoire du rôle, et nulle part ailleurs : un dossier d’un autre territoire n’existe pas pour qui le demande (404). Sur une plateforme, il faut de plus que l’organisation y soit désignée, ce jour-là, par l’autorité compétente. Les tests appellent chaque route avec chaque rôle et comparent à cette page.

## Les rôles

| rôle | qui | sur | pour | droits | raison |
|---|---|---|---|---|---|
${roles.join('\n')}

## Les routes

| route | adresse | droit | ${ROLES.map((role) => `\`${role}\``).join(' | ')} |
|---|---|---|${ROLES.map(() => '---').join('|')}|
${routes.join('\n')}

\`public\` : sans session. \`demo\` : seulement avec \`raccroche serve --demo\`, depuis la machine même. « Second facteur » : il doit avoir été donné depuis moins de dix minutes, sinon la réponse dit où le donner (\`stronger_sign_in_needed\`) ; un clic de la démonstration en tient lieu, là seulement.

${systemsSection()}`;
}
