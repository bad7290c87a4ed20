import { parseDate } from './civil-date.ts';
import type { Expression, Value } from './expression.ts';
import { literalText } from './function-definition.ts';

/** A type as SQL names it: `DATE`, `DECIMAL(10,2)`, `VARCHAR[]`, `FLOAT[3]`. Nothing else gets into a statement. */
const TYPE_NAME = /^[A-Z][A-Z0-9_]*( WITH TIME ZONE)?(\(\d+(,\d+)?\))?(\[\d*\])*$/;

/** The type of a cast: its second argument. Throws a TypeError for what is not the plain name of one. */
export function castType(args: readonly Expression[]): string {
  const type = literalText(args[1])?.toUpperCase() ?? '';
  if (!TYPE_NAME.test(type)) throw new TypeError('the type of a cast must be the plain name of a SQL type');
  return type;
}

const INTEGERS: ReadonlyMap<string, number> = new Map([
  ['SMALLINT', 2 ** 15],
  ['INTEGER', 2 ** 31],
  ['BIGINT', 2 ** 63],
]);

/**
 * The twin of a cast to a type; undefined when it has none. A value that cannot be cast gives null: `CAST` would end the
 * statement there. A text of digits for a number; a whole number as text: the twin does not know an INTEGER from a DOUBLE.
 */
export function castTwin(type: string): ((value: Value) => Value) | undefined {
  const limit = INTEGERS.get(type);
  if (limit !== undefined) return (value) => toInteger(value, limit);
  switch (type) {
    case 'DATE':
      return (value) => (typeof value === 'string' ? (parseDate(value) ?? null) : null);
    case 'VARCHAR':
      return (value) => (typeof value === 'object' ? null : String(value));
    case 'DOUBLE':
      return toDouble;
    case 'FLOAT':
      return (value) => {
        const number = toDouble(value);
        return typeof number === 'number' ? Math.fround(number) : null;
      };
    case 'BOOLEAN':
      return toBoolean;
    default:
      return undefined;
  }
}

const DIGITS = '\\d+(?:_\\d+)*';
const MANTISSA = `(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})`;
/** What the engine takes for a number; odd ends that it lets through for an INTEGER (`15e `, `1e3.`) are not. */
const DOUBLE_TEXT = new RegExp(`^\\+?-?${MANTISSA}(?:e[+-]?${DIGITS})?$`, 'i');
const INTEGER_TEXT = new RegExp(`^[+-]?${MANTISSA}(?:e[+-]?${DIGITS})?$`, 'i');
const trimmed = (text: string): string => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');

function toDouble(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return null;
  const text = trimmed(value);
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  return DOUBLE_TEXT.test(text) ? spelled(text) : null;
}

function spelled(text: string): number {
  return Number(text.replace(/_|^\+/g, ''));
}

function toIntegerText(value: string): Value {
  const text = trimmed(value);
  return INTEGER_TEXT.test(text) ? spelled(text) : null;
}

/** Texts round halves away from zero, numbers round them to even. */
function toInteger(value: Value, limit: number): Value {
  const number = typeof value === 'string' ? toIntegerText(value) : toDouble(value);
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const rounded =
    typeof value === 'string' ? Math.sign(number) * Math.round(Math.abs(number)) : evenRound(number);
  return rounded >= limit || rounded < -limit ? null : rounded + 0;
}

function evenRound(number: number): number {
  const floor = Math.floor(number);
  const rest = number - floor;
  if (rest !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}

function toBoolean(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return null;
  if (/^(true|t|yes|y|1)$/i.test(value)) return true;
  return /^(false|f|no|n|0)$/i.test(value) ? false : null;
}
