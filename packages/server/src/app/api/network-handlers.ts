import type { NETWORK_ROUTES, Territory, TerritoryKind } from '@raccroche/contract';
import { sortName } from '../../kernel/sort-name.ts';
import {
  listOwnRights,
  listSubstitutes,
  listTerritories,
  readDepartmentZones,
  readNetwork,
} from '../../modules/access/index.ts';
import { communesOf, departmentName, regionName } from '../places/places.ts';
import type { GuardedHandlers } from './handler-types.ts';

/** The widest first. */
const ORDER: readonly TerritoryKind[] = ['nation', 'region', 'department', 'platform', 'establishment'];

function nameOf({ kind, id, name }: { kind: TerritoryKind; id: string; name: string | null }): string {
  if (kind === 'nation') return 'Tout le pays';
  if (kind === 'region') return `Région ${regionName(id)}`;
  if (kind === 'department') return `Département ${id}, ${departmentName(id)}`;
  return name === null ? `Établissement ${id}` : kind === 'establishment' ? `${name} (${id})` : name;
}

/** By kind, then département, then name. */
const sortKey = ({ kind, department, name, id }: Territory) =>
  [ORDER.indexOf(kind), department ?? '', sortName(name), id].join('\t');
const inOrder = (one: Territory, other: Territory) => (sortKey(one) < sortKey(other) ? -1 : 1);

/** What the screens of the network read beside members, designations and zones. */
export const NETWORK_HANDLERS: GuardedHandlers<keyof typeof NETWORK_ROUTES> = {
  async territories(caller) {
    const known = await listTerritories(caller);
    return { territories: known.map((one) => ({ ...one, name: nameOf(one) })).sort(inOrder) };
  },
  async myRights(caller) {
    const rights = await listOwnRights(caller);
    const { rows } = await caller.transaction.query<{ id: string; name: string }>(
      'SELECT platform_id AS id, name FROM access.platforms WHERE platform_id::TEXT = ANY ($1)',
      [rights.map(({ territoryId }) => territoryId)],
    );
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return {
      rights: rights.map((right) => ({
        ...right,
        territoryName: nameOf({
          kind: right.territoryKind,
          id: right.territoryId,
          name: names.get(right.territoryId) ?? null,
        }),
      })),
    };
  },
  substitutes: async (caller, { query }) => ({ people: await listSubstitutes(caller, query.membership) }),
  async network(caller) {
    const platforms = await readNetwork(caller);
    return {
      platforms: platforms.map((one) => ({
        ...one,
        departmentName: departmentName(one.department),
        regionName: regionName(one.region),
      })),
    };
  },
  async departmentCommunes(caller, { params: { department } }) {
    const { held, platforms } = await readDepartmentZones(caller, department);
    const names = new Map(communesOf(department).map(({ commune, name }) => [commune, name]));
    // A commune that is no more, or of another département, and that a platform has: it stays in sight.
    for (const { commune } of held) if (!names.has(commune)) names.set(commune, commune);
    const holders = new Map<string, (typeof held)[number][]>();
    for (const one of held) holders.set(one.commune, [...(holders.get(one.commune) ?? []), one]);
    return {
      department,
      platforms,
      communes: [...names]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([commune, name]) => ({
          commune,
          name,
          holders: (holders.get(commune) ?? []).map(({ platformId, validFrom, validTo }) => ({
            platformId,
            validFrom,
            validTo,
          })),
        })),
    };
  },
};
