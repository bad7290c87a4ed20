import { writeModelFile } from '@raccroche/linkage';
import { describe, expect, it } from 'vitest';
import { heldModel } from './held-model.ts';
import { SIEI_MODEL } from './siei-model.ts';

const held = { text: writeModelFile(SIEI_MODEL), variants: 10_000, terms: 'kept' };

describe('a model held over', () => {
  it.each([8000, 10_000, 12_500])(
    'judges %i ways of writing persons when estimated on 10,000',
    (variants) => {
      const model = heldModel(held, variants);
      expect(model === undefined ? undefined : writeModelFile(model)).toBe(held.text);
    },
  );

  it.each([7999, 12_501, 1_000_000])('does not judge %i', (variants) => {
    expect(heldModel(held, variants)).toBeUndefined();
  });

  it('is none without one', () => {
    expect(heldModel(undefined, 10_000)).toBeUndefined();
  });
});
