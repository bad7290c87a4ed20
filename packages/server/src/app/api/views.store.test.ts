import type { OwnView } from '@raccroche/contract';
import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { LILLE_COMMUNE, type Somebody } from '../testing/test-world.ts';

const IN_LILLE = people(2, 50).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
const at = useServedWorld([...people(3), ...IN_LILLE]);
const { call } = at;

const groupsOf = async (who: Somebody, query: Record<string, string>) =>
  (await call('caseGroups', who, { query: { platform: at.world.lens, ...query } })).body.groups;

describe('groups of a worklist', () => {
  test('count the same filter as the list, by stage and by commune', async () => {
    expect(await groupsOf('nadia', { by: 'commune' })).toEqual([{ value: '62498', name: 'Lens', count: 3 }]);
    const { body } = await call('worklist', 'nadia', { query: { platform: at.world.lens } });
    const [first] = body.cases as { caseId: string }[];
    await call('recordAttempt', 'nadia', {
      params: { caseId: first?.caseId ?? '' },
      body: { version: 1, channel: 'phone', outcome: 'no_answer' },
    });
    expect(await groupsOf('nadia', { by: 'contact' })).toEqual([
      { value: 'to_contact', name: null, count: 2 },
      { value: 'attempted', name: null, count: 1 },
    ]);
    expect(await groupsOf('nadia', { by: 'contact', contact: 'attempted' })).toHaveLength(1);
  });

  test('tell nothing of a platform of others', async () => {
    expect(await groupsOf('nadia', { platform: at.world.lille, by: 'commune' })).toEqual([]);
  });
});

describe('views of one’s own', () => {
  const keep = (who: Somebody, name: string, search: string, platform = at.world.lens) =>
    call('keepView', who, { body: { platform, name, search } });
  const viewsOf = async (who: Somebody) =>
    (await call('ownViews', who, { query: { platform: at.world.lens } })).body.views as OwnView[];

  test('are kept under a name, replaced under the same, removed; nobody else has them', async () => {
    await keep('nadia', 'Mineurs', 'age=true');
    await keep('nadia', 'Mineurs', 'age=true&contact=attempted');
    const [view] = await viewsOf('nadia');
    expect(view).toMatchObject({ name: 'Mineurs', search: 'age=true&contact=attempted' });
    expect(await viewsOf('paul')).toEqual([]);
    const params = { viewId: view?.viewId ?? '' };
    expect((await call('dropView', 'paul', { params })).status).toBe(404);
    expect((await call('dropView', 'nadia', { params })).status).toBe(200);
    expect(await viewsOf('nadia')).toEqual([]);
  });

  test('hold codes alone, on a platform of one’s own, and are not without number', async () => {
    expect((await keep('nadia', 'Awa', 'nom=Awa Diallo')).status).toBe(400);
    expect((await keep('nadia', 'Lille', '', at.world.lille)).status).toBe(404);
    for (let n = 0; n < 20; n += 1) expect((await keep('paul', `Vue ${n}`, '')).status).toBe(200);
    expect((await keep('paul', 'Une de trop', '')).body.code).toBe('not_possible');
    expect((await keep('paul', 'Vue 3', 'age=false')).status).toBe(200);
  });
});
