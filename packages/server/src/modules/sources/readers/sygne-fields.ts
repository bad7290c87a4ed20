import type { JsonObject } from './json-reader.ts';
import { textOf } from './row-values.ts';

/** MEF10: the national code of attachment when it is told, since `codeMef` may be local; the 11th character is dropped. */
export function mefOf(schooling: JsonObject): string | undefined {
  return (textOf(schooling.codeMefRatt) ?? textOf(schooling.codeMef))?.slice(0, 10);
}

/** SYGNE says by a null class that a pupil left it. A payload that does not speak of classes at all says nothing. */
export function isOutOfClass(schooling: JsonObject): boolean {
  return 'classe' in schooling && textOf(schooling.classe) === undefined;
}

/** Year in which the school year starts, undefined when it is not four digits. */
export function yearOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{4}$/.test(text) ? Number(text) : undefined;
}
