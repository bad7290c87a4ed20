import type { Role } from '@raccroche/contract';
import { openPublishedWorld } from './published-world.ts';
import { createTestApi } from './test-api.ts';
import type { Listed } from './test-campaign.ts';
import {
  ARRAS_COMMUNE,
  LENS_COMMUNE,
  LILLE_COMMUNE,
  SCHOOL,
  type Somebody,
  type TestWorld,
} from './test-world.ts';
import { undoneDatabase } from './undone-database.ts';

/** One person a role; all but the steering and the control belong to Lens, its school or the Pas-de-Calais. */
export const WHO: Readonly<Record<Role, Somebody>> = {
  caseworker: 'nadia',
  co_leader: 'paul',
  department_coordinator: 'diane',
  school_head: 'hugo',
  provider: 'olga',
  regional_steering: 'rene',
  national_administration: 'anne',
  data_protection: 'david',
};

/** Where a request points: what is there, and who works there. */
export interface Place {
  readonly name: 'lens' | 'arras' | 'lille' | 'lyon';
  readonly platform: string;
  readonly department: string;
  readonly commune: string;
  readonly school: string;
  readonly somebody: Somebody;
  /** Of the case that is followed there; nobody else is called so. */
  readonly siei: string;
  readonly familyName: string;
  readonly caseId: string;
}
type Unpublished = Omit<Place, 'platform' | 'caseId'>;

const LENS = {
  name: 'lens',
  department: '62',
  commune: LENS_COMMUNE,
  school: SCHOOL,
  somebody: 'nadia',
  siei: 'LENSX00000AA',
  familyName: 'NOMDELENS',
} as const satisfies Unpublished;
const ARRAS = {
  name: 'arras',
  department: '62',
  commune: ARRAS_COMMUNE,
  school: '0620009B',
  somebody: 'amine',
  siei: 'ARRAS00000AA',
  familyName: 'NOMDARRAS',
} as const satisfies Unpublished;
const LILLE = {
  name: 'lille',
  department: '59',
  commune: LILLE_COMMUNE,
  school: '0590009B',
  somebody: 'lea',
  siei: 'LILLE00000AA',
  familyName: 'NOMDELILLE',
} as const satisfies Unpublished;
/** In no zone: nobody is followed there, and of it only the network is asked. */
const LYON = {
  ...LILLE,
  name: 'lyon',
  department: '69',
  commune: '69123',
  school: '0690009B',
  somebody: 'jules',
} as const;

const listedIn = ({ siei, familyName, commune, department, school }: Unpublished): Listed => ({
  siei,
  familyName,
  firstName: 'Awa',
  commune,
  department,
  school,
});

export interface AccessWorld {
  readonly world: TestWorld;
  readonly api: ReturnType<typeof createTestApi>['api'];
  /** One's own territory, another platform (or school) of the département, another département; of the région, another région. */
  placesOf(role: Role): readonly [own: Place, neighbour: Place, elsewhere: Place];
  /** The first column of the first row, by the owner; it lasts. */
  made(sql: string, parameters: readonly unknown[]): Promise<string>;
  close(): Promise<void>;
}

/** Three platforms with a case each, of a school each; served so that no request changes anything for the next one. */
export async function openAccessWorld(): Promise<AccessWorld> {
  // Two more in Lens, whom somebody has to tell apart, and one to be reunited.
  const more = [1, 2].map((n) => ({ ...listedIn(LENS), siei: `LENSX0000${n}AA`, familyName: 'NOMDELENS' }));
  const published = await openPublishedWorld([LENS, ARRAS, LILLE].map(listedIn).concat(more));
  const { database, world } = published;
  const made = async (sql: string, parameters: readonly unknown[]) => {
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query<Record<string, unknown>>(sql, parameters),
    );
    return String(Object.values(rows[0] ?? {})[0] ?? '');
  };
  const full = async (place: Unpublished): Promise<Place> => ({
    ...place,
    platform: world[place.name],
    caseId: await made('SELECT case_id FROM cases.cases WHERE siei = $1', [place.siei]),
  });
  const [lens, arras, lille, lyon] = [
    await full(LENS),
    await full(ARRAS),
    await full(LILLE),
    await full(LYON),
  ];
  const { api } = createTestApi(undoneDatabase(database));
  return {
    world,
    api,
    placesOf: (role) => [lens, arras, role === 'regional_steering' ? lyon : lille],
    made,
    async close() {
      await api.close();
      await published.close();
    },
  };
}
