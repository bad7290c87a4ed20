import { COMPARISON_FUNCTIONS } from './comparison-functions.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import type { Catalogue } from './function-definition.ts';
import { LIST_FUNCTIONS } from './list-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { REGEXP_FUNCTIONS } from './regexp-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

export type { Catalogue, Cost, FunctionDefinition } from './function-definition.ts';
export { isList } from './value-order.ts';

/**
 * Functions with a twin, each held against the engine by property test (`functions.duck.test.ts`). Conditions may call
 * others by name: they then run in SQL only. `and`, `or`, `not`, `case`, `coalesce`, `is_null`, casts and functions over
 * the elements of a list (`list_transform`, `list_filter`) are known to the compiler itself (`compile.ts`).
 */
export const FUNCTIONS: Catalogue = {
  ...COMPARISON_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...REGEXP_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...LIST_FUNCTIONS,
};
