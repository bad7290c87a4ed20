import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshnessText, missingRequiredFamilies, readSourceBasis } from './freshness.ts';
import { openWorld, type World } from './registry/testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.database.close());

describe('required families', () => {
  test.each([
    ['a file that was read', {}, false],
    ['a rejected file', { rejected: true }, true],
    ['a file of which every row was refused', { row_count: 3, record_count: 0, reject_count: 3 }, true],
    ['a file of under-16s alone', { row_count: 3, record_count: 0, removed_under16: 3 }, false],
    ['a file of people out of scope alone', { row_count: 3, record_count: 0, out_of_scope: 3 }, false],
    ['a file that knows nobody', { row_count: 0, record_count: 0 }, false],
  ])('%s', async (_, file, missing) => {
    world.file(1, { families: ['exams', 'mission_locale'], ...file });
    world.file(2, { families: ['other'] });
    await world.save();
    const families = await missingRequiredFamilies(world.database);
    expect(families).toEqual(
      missing
        ? ['school', 'agriculture', 'cfa', 'exams', 'mission_locale']
        : ['school', 'agriculture', 'cfa'],
    );
  });
});

test('senders are told apart by name, else by UAI; without any they count as one', async () => {
  world.file(1, { sender: 'DRAAF ' });
  world.file(2, { sender: 'draaf' });
  world.file(3, { uai: '0590001A' });
  world.file(4);
  world.file(5);
  await world.save();
  expect(await readSourceBasis(world.database, '2025-11-15')).toMatchObject([
    { family: 'school', senders: 3, files: 5, undatedFiles: 5 },
  ]);
});

test.each([
  [null, 'inconnue'],
  [-1, 'après la date de référence'],
  [0, 'du jour même'],
  [1, 'il y a 1 jour'],
  [30, 'il y a 30 jours'],
])('%s days: %s', (days, text) => expect(freshnessText(days)).toBe(text));
