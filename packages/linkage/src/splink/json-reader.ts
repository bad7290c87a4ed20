import type { ModelProblem } from '../model/validate-model.ts';

/** An object of a JSON file, and where it is. */
export interface JsonObject {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type JsonType = 'string' | 'number' | 'boolean';
interface JsonTypes {
  string: string;
  number: number;
  boolean: boolean;
}

/** Reads values of a JSON text that may hold anything, and remembers everything that is wrong with it. */
export class JsonReader {
  readonly problems: ModelProblem[] = [];

  tell(path: string, code: ModelProblem['code'], message: string): void {
    this.problems.push({ path, code, message });
  }

  /** The value as an object whose keys are all known; undefined, and told, when it is not an object. */
  object(value: unknown, path: string, known: readonly string[]): JsonObject | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.tell(path === '' ? '(the file)' : path, 'missing', 'must be an object');
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        this.tell(within(path, key), 'unknown_key', 'is not a key that Splink knows here: remove it');
      }
    }
    return { path, values: value as Readonly<Record<string, unknown>> };
  }

  /** The value of a key; the fallback when it is absent or null; told, when it is of another type. */
  value<T extends JsonType>(object: JsonObject, key: string, type: T, fallback: JsonTypes[T]): JsonTypes[T];
  value<T extends JsonType>(object: JsonObject, key: string, type: T): JsonTypes[T] | undefined;
  value(object: JsonObject, key: string, type: JsonType, fallback?: unknown): unknown {
    const value = object.values[key] ?? undefined;
    if (value === undefined) return fallback;
    if (typeof value === type && (type !== 'number' || Number.isFinite(value))) return value;
    this.tell(within(object.path, key), 'missing', `must be a ${type}`);
    return fallback;
  }

  /** The items of a list; none, when the key is absent or null. */
  list(object: JsonObject, key: string): readonly unknown[] {
    const value = object.values[key] ?? [];
    if (Array.isArray(value)) return value;
    this.tell(within(object.path, key), 'missing', 'must be a list');
    return [];
  }

  /** The texts of a list. */
  texts(object: JsonObject, key: string): readonly string[] {
    return this.list(object, key).filter((item, index): item is string => {
      if (typeof item === 'string') return true;
      this.tell(`${within(object.path, key)}[${index}]`, 'missing', 'must be a text');
      return false;
    });
  }
}

export function within(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
