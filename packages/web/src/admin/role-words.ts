import type { Member, Permission, Role, Territory, TerritoryKind } from '@raccroche/contract';
import { PERMISSION_TABLE, ROLES } from '@raccroche/contract';
import type { Me } from '../client/session.ts';
import { daysBetween, shortDate } from '../words/dates.ts';

/** What a role opens, in words: read before it is given. */
export const OpensByRole = {
  caseworker: [
    'Voir les dossiers de la plateforme : identité, coordonnées, dernière formation, historique.',
    'Noter ce qui est fait : vérification, appels, entretiens, solutions, clôture.',
    'Ouvrir pour trois heures un dossier d’ailleurs, en disant pourquoi : c’est dit à qui le suit.',
  ],
  co_leader: [
    'Tout ce que voit et fait un conseiller de la plateforme.',
    'Répartir les dossiers entre collègues.',
    'Inviter des conseillers et des structures, prolonger, confirmer ou retirer leurs droits.',
  ],
  department_coordinator: [
    'Voir les dossiers de toutes les plateformes du département, et de ceux qui n’en ont pas ; les répartir.',
    'Donner et retirer les droits dans le département : conseillers, co-responsables, établissements, structures.',
    'Dessiner les zones des plateformes du département.',
  ],
  school_head: [
    'Voir ce que l’on sait des anciens élèves de l’établissement : la situation, jamais les contacts ni le suivi.',
    'Signaler un jeune qui part.',
  ],
  provider: ['Son propre compte, et se faire remplacer. Aucun dossier.'],
  regional_steering: [
    'Voir des nombres, aucun nom.',
    'Enregistrer les actes qui désignent les structures, dessiner les zones.',
    'Donner les droits des co-responsables et des coordinations de la région.',
  ],
  national_administration: [
    'Voir des nombres, aucun nom.',
    'Mener et publier les campagnes ; en regarder vingt noms tirés au sort ; suivre les travaux.',
    'Donner les droits des régions, des coordinations et de la protection des données.',
  ],
  data_protection: [
    'Chercher dans la trace : qui a vu quoi.',
    'Traiter les demandes des personnes : retrouver quelqu’un, extraire ce qui est tenu sur lui.',
    'Voir qui a quels droits ; n’en donner aucun.',
  ],
} as const satisfies Record<Role, readonly string[]>;

export type TerritoryKey = `${TerritoryKind}:${string}`;
export const keyOf = ({ kind, id }: Pick<Territory, 'kind' | 'id'>): TerritoryKey => `${kind}:${id}`;

const covers = (right: Me['rights'][number], territory: Territory): boolean =>
  right.territoryKind === 'nation' ||
  (right.territoryKind === territory.kind && right.territoryId === territory.id) ||
  (right.territoryKind === 'region' && right.territoryId === territory.region) ||
  (right.territoryKind === 'department' &&
    (right.territoryId === territory.department || territory.kind === 'establishment'));

/** Does somebody hold a permission over the whole of a territory? */
export const holdsOver = (me: Me, permission: Permission, territory: Territory): boolean =>
  me.rights.some((right) => right.permission === permission && covers(right, territory));

/** Roles that somebody gives and takes over a territory. */
export function rolesGivenBy(me: Me, territory: Territory): readonly Role[] {
  return ROLES.filter(
    (role) =>
      PERMISSION_TABLE.some((row) => row.role === role && row.territoryKind === territory.kind) &&
      holdsOver(me, `grant.${role}`, territory),
  );
}

/** « jusqu’au 03/11/2026 », « sans fin ». */
export const termWords = (validTo: string | null): string =>
  validTo === null ? 'sans date de fin' : `jusqu’au ${shortDate(validTo)}`;

const SOON_DAYS = 30;
const CONFIRM_DAYS = 182;

export const endsSoon = ({ validTo }: Pick<Member, 'validTo'>, today: string): boolean =>
  validTo !== null && daysBetween(today, validTo) <= SOON_DAYS;

/** Nobody has answered for it for six months. */
export const isToConfirm = (member: Pick<Member, 'confirmedOn' | 'validFrom'>, today: string): boolean =>
  daysBetween(member.confirmedOn ?? member.validFrom, today) > CONFIRM_DAYS;
