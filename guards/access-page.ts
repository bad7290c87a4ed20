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
  type RouteName,
} from '../packages/contract/src/index.ts';
import { outcomeOf, PLACES, systemOutcomeElsewhere } from './access-outcomes.ts';

const TERRITORY_LABELS = {
  platform: 'sa plateforme',
  establishment: 'son établissement',
  department: 'son département',
  region: 'sa région',
  nation: 'le pays',
} as const;

const SYSTEM_TERRITORY_LABELS = { platform: 'ses plateformes', establishment: 'ses établissements' } as const;

/** One word when it is the same everywhere, else one a place. */
function cellOf(role: Role, name: RouteName, route: RouteDefinition): string {
  const outcomes = PLACES.map((place) => outcomeOf(role, name, route, place));
  return new Set(outcomes).size === 1 ? String(outcomes[0]) : outcomes.join(' / ');
}

/** What a kind of system may do of a route: its token opens what is its own and nothing else. */
function isAllowedSystem(kind: PartnerKind, route: RouteDefinition): boolean {
  return PARTNER_PERMISSION_TABLE.some(
    (row) => row.kind === kind && row.permissions.some((one) => one === route.access),
  );
}

/** The same for a system: of its own, and of what is another's. */
function systemCellOf(kind: PartnerKind, name: RouteName, route: RouteDefinition): string {
  if (!isAllowedSystem(kind, route)) return 'non';
  return `oui / ${systemOutcomeElsewhere(name, route)}`;
}

/** Routes of the systems of partners, and which kind of system may call each. */
function systemsSection(): string {
  const systems = PARTNER_PERMISSION_TABLE.map(
    (row) =>
      `| \`${row.kind}\` | ${PartnerKindLabels[row.kind]} | ${SYSTEM_TERRITORY_LABELS[row.territoryKind]} | ${PurposeLabels[row.purpose]} | ${row.permissions.map((one) => `\`${one}\``).join(' ')} | ${row.because} |`,
  );
  const routes = (Object.entries(ROUTES) as [RouteName, RouteDefinition][])
    .filter(([, route]) => route.system)
    .map(
      ([name, route]) =>
        `| \`${name}\` | \`${route.access}\` | ${PARTNER_KINDS.map((kind) => systemCellOf(kind, name, route)).join(' | ')} |`,
    );
  return `## Les systèmes partenaires

Un système se présente par un jeton d’accès de dix minutes (\`docs/partenaires.md\`), jamais par une session : ses routes refusent toutes les personnes, et les autres routes le refusent. Aucun de ses droits ne lit un dossier. Sur une plateforme, son organisation doit y être désignée, ce jour-là.

| système | lequel | sur | pour | droits | raison |
|---|---|---|---|---|---|
${systems.join('\n')}

Chaque case : **ce qui est à lui / ce qui est à un autre** (un jeune ou un établissement d’un autre territoire, une annonce d’un autre système), avec les mots du tableau précédent.

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
  const routes = (Object.entries(ROUTES) as [RouteName, RouteDefinition][]).map(
    ([name, route]) =>
      `| \`${name}\` | \`${route.method} ${route.path}\` | \`${route.access}\`${route.stepUp ? ' + second facteur' : ''}${route.system ? ', par un système' : ''} | ${ROLES.map((role) => cellOf(role, name, route)).join(' | ')} |`,
  );
  return `<!-- Écrit par « npm run docs » d’après packages/contract : ne pas corriger à la main. -->
# Qui peut quoi

Un droit vaut sur le territoire du rôle. Sur une plateforme, il faut de plus que l’organisation y soit désignée, ce jour-là, par l’autorité compétente. Les tests appellent chaque route avec chaque rôle, à chacun des trois endroits ci-dessous, et comparent à cette page.

## Les rôles

| rôle | qui | sur | pour | droits | raison |
|---|---|---|---|---|---|
${roles.join('\n')}

## Les routes

Chaque case dit ce que devient la demande selon l’endroit qu’elle nomme (par son adresse, ses paramètres ou son contenu) : **chez soi / une autre plateforme, ou un autre établissement, du même département / un autre département** (pour le pilotage régional : une autre région). Un seul mot : partout pareil.

- \`oui\` : c’est fait.
- \`rien\` : la réponse est celle d’un endroit qui n’existe pas ; rien de là-bas n’y est. Vaut aussi des routes qui ne nomment aucun endroit : elles ne rendent que ce qui est à soi.
- \`non\` : refusé, comme pour ce qui n’existe pas (404), ou faute du droit (403).

| route | adresse | droit | ${ROLES.map((role) => `\`${role}\``).join(' | ')} |
|---|---|---|${ROLES.map(() => '---').join('|')}|
${routes.join('\n')}

\`public\` : sans session. \`demo\` : seulement avec \`raccroche serve --demo\`, depuis la machine même. « Second facteur » : il doit avoir été donné depuis moins de dix minutes, sinon la réponse dit où le donner (\`stronger_sign_in_needed\`) ; un clic de la démonstration en tient lieu, là seulement.

${systemsSection()}`;
}
