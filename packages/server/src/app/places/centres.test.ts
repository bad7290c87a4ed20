import { expect, test } from 'vitest';
import { centresOf } from './centres.ts';

test('a town lies where it lies, a village where its postal code does, what is not known nowhere', async () => {
  // Lens; Acheville, a village with a postal code of its neighbours; no commune at all.
  const [village, lens, ...more] = await centresOf(['62498', '62003', '62498', '00000']);
  expect(lens).toMatchObject({ commune: '62498', isNear: false });
  expect(lens?.latitude).toBeCloseTo(50.43, 1);
  expect(lens?.longitude).toBeCloseTo(2.83, 1);
  expect(village).toMatchObject({ commune: '62003', isNear: true });
  expect(village?.latitude).toBeCloseTo(50.38, 1);
  expect(more).toEqual([]);
});

test('a name that two départements have is told apart', async () => {
  const [drome, tarnEtGaronne] = await centresOf(['26362', '82186']);
  expect(drome?.latitude).not.toBe(tarnEtGaronne?.latitude);
});
