import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { ARRAS_COMMUNE, FREE_COMMUNE, LENS_COMMUNE, SCHOOL, type Somebody } from '../testing/test-world.ts';

const at = useServedWorld(people(2));
const { call } = at;

describe('the territories of somebody', () => {
  const of = async (who: Somebody) => {
    const { body } = await call('territories', who);
    return (body.territories as { kind: string; id: string; name: string }[]).map(({ name }) => name);
  };

  test('are theirs and those within, by their names, the widest first', async () => {
    expect(await of('paul')).toEqual(['lens']);
    expect(await of('diane')).toEqual([
      'Département 62, Pas-de-Calais',
      'arras',
      'lens',
      `Établissement ${SCHOOL}`,
    ]);
    expect(await of('rene')).toEqual([
      'Région Hauts-de-France',
      'Département 59, Nord',
      'Département 62, Pas-de-Calais',
      'lille',
      'arras',
      'lens',
    ]);
    expect((await of('anne')).slice(0, 3)).toEqual([
      'Tout le pays',
      'Région Auvergne-Rhône-Alpes',
      'Région Hauts-de-France',
    ]);
  });

  test('each can be asked for its members', async () => {
    const { body } = await call('territories', 'rene');
    for (const { kind, id } of body.territories as { kind: string; id: string }[])
      expect((await call('members', 'rene', { query: { kind, id } })).status).toBe(200);
  });
});

describe('a replacement', () => {
  test('is made of one’s own right, by somebody of the same place or organisation', async () => {
    const { body } = await call('myRights', 'hugo');
    const [own] = body.rights as { membershipId: string; territoryName: string }[];
    expect(own).toMatchObject({
      membershipId: at.world.memberships.hugo,
      territoryName: `Établissement ${SCHOOL}`,
    });
    const { body: found } = await call('substitutes', 'hugo', {
      query: { membership: at.world.memberships.hugo },
    });
    const ids = (found.people as { personId: string }[]).map(({ personId }) => personId);
    expect(ids).toContain(at.world.ids.nadia);
    expect(ids).not.toContain(at.world.ids.hugo);
    // Karim works for another organisation, on no territory of hers.
    expect(ids).not.toContain(at.world.ids.karim);
  });

  test('nobody looks for a substitute of somebody whose right they do not give', async () => {
    const ask = (who: Somebody, of: Somebody) =>
      call('substitutes', who, { query: { membership: at.world.memberships[of] } });
    expect((await ask('paul', 'nadia')).status).toBe(200);
    expect((await ask('nadia', 'paul')).status).toBe(404);
    expect((await ask('paul', 'amine')).status).toBe(404);
  });

  test('what one holds as a substitute is not one’s own', async () => {
    await call('makeReplacement', 'nadia', {
      body: {
        membershipId: at.world.memberships.nadia,
        substitute: at.world.ids.jules,
        validFrom: day(),
        validTo: day(7),
      },
    });
    const { body } = await call('myRights', 'jules');
    expect(body.rights as object[]).toHaveLength(1);
  });
});

describe('the network', () => {
  type Platform = { name: string; communes: number; members: number; designations: object[] };
  const of = async (who: Somebody) => (await call('network', who)).body.platforms as Platform[];

  test('shows one’s own platforms, with who works there and what designates them', async () => {
    expect((await of('paul')).map(({ name }) => name)).toEqual(['lens']);
    const [, arras, lens] = await of('rene');
    expect(arras).toMatchObject({ name: 'arras', communes: 1, departmentName: 'Pas-de-Calais' });
    // Sonia’s right is over, and so is the designation of Karim’s organisation.
    expect(lens).toMatchObject({ name: 'lens', communes: 1, members: 3 });
    expect(lens?.designations).toEqual([{ organisation: 'désignée', validTo: null }]);
  });
});

describe('the communes of a département', () => {
  type Held = { commune: string; name: string; holders: { platformId: string; validFrom: string }[] };
  const of = async (who: Somebody, department: string) =>
    call('departmentCommunes', who, { params: { department } });

  test('tell whose each is, to whoever reads a zone there', async () => {
    const { body } = await of('paul', '62');
    const communes = new Map((body.communes as Held[]).map((one) => [one.commune, one]));
    expect(communes.size).toBeGreaterThan(800);
    expect(communes.get(LENS_COMMUNE)).toMatchObject({
      name: 'Lens',
      holders: [{ platformId: at.world.lens }],
    });
    expect(communes.get(FREE_COMMUNE)?.holders).toEqual([]);
    expect((body.platforms as { name: string }[]).map(({ name }) => name)).toEqual(['arras', 'lens']);
    expect((await of('paul', '59')).status).toBe(404);
  });

  test('tell those that change hands later too', async () => {
    const params = { platformId: at.world.lens };
    const changed = await call('changeZone', 'diane', {
      params,
      body: { since: day(3), coming: [ARRAS_COMMUNE] },
    });
    expect(changed.status).toBe(200);
    const { body } = await of('diane', '62');
    const arras = (body.communes as Held[]).find(({ commune }) => commune === ARRAS_COMMUNE);
    expect(arras?.holders.map(({ platformId }) => platformId)).toEqual([at.world.arras, at.world.lens]);
    expect(arras?.holders[1]?.validFrom).toBe(day(3));
  });
});
