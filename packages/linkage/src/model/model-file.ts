import { expressionSql, isKnownCall } from '../expression/compile.ts';
import type { Expression, Value } from '../expression/expression.ts';
import {
  type BlockingRule,
  type Comparison,
  type ComparisonLevel,
  type Derivation,
  ELSE,
  isElse,
  LINK_TYPES,
  type LinkType,
  type Model,
  type SourceParameters,
  type TermFrequencyAdjustment,
} from './model.ts';
import { ModelError, type ModelProblem } from './validate-model.ts';

/** Says what the file is, and how to read it. */
export const MODEL_FORMAT = 'raccroche-linkage-model/1';

/** A model as text: JSON, in a fixed order; conditions as trees, so that nothing of a file is ever run as it stands. */
export function writeModelFile(model: Model): string {
  const { linkType, prior, idColumn, sourceColumn, derivations, blockingRules } = model;
  const { emConvergence, emMaxIterations, retainColumns, sourceParameters } = model;
  const comparisons = model.comparisons.map(({ name, description, corrects, columns, levels }) => ({
    name,
    description,
    corrects,
    columns,
    levels: levels.map((one) => writeLevel(name, one)),
  }));
  const identity = { format: MODEL_FORMAT, linkType, prior, idColumn, sourceColumn };
  const training = { emConvergence, emMaxIterations, retainColumns, sourceParameters };
  const file = { ...identity, derivations, comparisons, blockingRules, ...training };
  return `${withTreesOnALine(file)}\n`;
}

/** A tree that is spread over lines, each indented by its depth, is thirty times as long and no easier to read. */
function withTreesOnALine(file: object): string {
  const trees: string[] = [];
  const marked = JSON.stringify(
    file,
    (key, value: unknown) => {
      if (value === undefined || (key !== 'condition' && key !== 'expression')) return value;
      return `\u0000${trees.push(JSON.stringify(value)) - 1}`;
    },
    2,
  );
  return marked.replace(/"\\u0000(\d+)"/g, (_, index: string) => trees[Number(index)] ?? '');
}

function writeLevel(comparison: string, one: ComparisonLevel): object {
  const { label, isNull, m, u, fixM, fixU, termFrequency, condition } = one;
  const rest = { label, isNull, m, u, fixM, fixU, termFrequency };
  if (isElse(one)) return { ...rest, sql: ELSE };
  if (condition === undefined) {
    const message = `«${label}» has SQL only; give it as an expression, or write the model as Splink's`;
    throw new ModelError([{ path: `comparisons (${comparison})`, code: 'unsupported', message }]);
  }
  return { ...rest, condition };
}

/** Is this parsed JSON a model written by `writeModelFile`? */
export function isModelFile(parsed: unknown): boolean {
  return isObject(parsed) && parsed.format === MODEL_FORMAT;
}

/**
 * Reads a model written by `writeModelFile`. SQL is made anew from the trees; a tree may call functions of the catalogue
 * only. Throws ModelError with every problem and its path.
 */
export function readModelFile(text: string): Model {
  const reader = new ModelReader();
  const model = reader.model(parseJson(text));
  if (reader.problems.length > 0) throw new ModelError(reader.problems);
  return model;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ModelError([{ path: 'the file', code: 'unsupported', message: 'is not JSON' }]);
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads with every problem noted, and something harmless in the place of what is wrong. */
class ModelReader {
  readonly problems: ModelProblem[] = [];

  model(parsed: unknown): Model {
    const file = this.#object(parsed, 'the file');
    if (file.format !== MODEL_FORMAT) this.#tell('format', 'unsupported', `must be ${MODEL_FORMAT}`);
    return {
      linkType: this.#linkType(file.linkType),
      prior: this.#number(file.prior, 'prior'),
      idColumn: this.#text(file.idColumn, 'idColumn'),
      sourceColumn: this.#text(file.sourceColumn, 'sourceColumn'),
      derivations: this.#list(file.derivations, 'derivations').map((one, index) =>
        this.#derivation(one, index),
      ),
      comparisons: this.#list(file.comparisons, 'comparisons').map((one, index) =>
        this.#comparison(one, index),
      ),
      blockingRules: this.#list(file.blockingRules, 'blockingRules').map((one, index) =>
        this.#rule(one, index),
      ),
      emConvergence: this.#number(file.emConvergence, 'emConvergence'),
      emMaxIterations: this.#number(file.emMaxIterations, 'emMaxIterations'),
      retainColumns: this.#texts(file.retainColumns, 'retainColumns'),
      ...(file.sourceParameters === undefined
        ? {}
        : {
            sourceParameters: this.#list(file.sourceParameters, 'sourceParameters').map((one, index) =>
              this.#source(one, index),
            ),
          }),
    };
  }

  #source(value: unknown, index: number): SourceParameters {
    const path = `sourceParameters[${index}]`;
    const given = this.#object(value, path);
    const [a = '', b = ''] = this.#texts(given.sources, `${path}.sources`);
    const m = this.#list(given.m, `${path}.m`).map((shares, place) =>
      this.#list(shares, `${path}.m[${place}]`).map((share, gamma) =>
        this.#number(share, `${path}.m[${place}][${gamma}]`),
      ),
    );
    return { sources: [a, b], m };
  }

  #derivation(value: unknown, index: number): Derivation {
    const path = `derivations[${index}]`;
    const given = this.#object(value, path);
    return {
      name: this.#text(given.name, `${path}.name`),
      expression: this.#written(given.expression, `${path}.expression`).expression,
    };
  }

  #comparison(value: unknown, index: number): Comparison {
    const path = `comparisons[${index}]`;
    const given = this.#object(value, path);
    return {
      name: this.#text(given.name, `${path}.name`),
      ...(given.description === undefined
        ? {}
        : { description: this.#text(given.description, `${path}.description`) }),
      ...(given.corrects === undefined ? {} : { corrects: this.#text(given.corrects, `${path}.corrects`) }),
      columns: this.#texts(given.columns, `${path}.columns`),
      levels: this.#list(given.levels, `${path}.levels`).map((one, place) =>
        this.#level(one, `${path}.levels[${place}]`),
      ),
    };
  }

  #level(value: unknown, path: string): ComparisonLevel {
    const given = this.#object(value, path);
    const label = this.#text(given.label, `${path}.label`);
    const rest = {
      ...(given.isNull === true ? { isNull: true } : {}),
      ...(given.m === undefined ? {} : { m: this.#number(given.m, `${path}.m`) }),
      ...(given.u === undefined ? {} : { u: this.#number(given.u, `${path}.u`) }),
      ...(given.fixM === true ? { fixM: true } : {}),
      ...(given.fixU === true ? { fixU: true } : {}),
      ...(given.termFrequency === undefined
        ? {}
        : { termFrequency: this.#termFrequency(given.termFrequency, `${path}.termFrequency`) }),
    };
    if (given.sql === ELSE) return { label, sql: ELSE, ...rest };
    const { expression: condition, sql } = this.#written(given.condition, `${path}.condition`);
    return { label, sql, condition, ...rest };
  }

  #termFrequency(value: unknown, path: string): TermFrequencyAdjustment {
    const given = this.#object(value, path);
    return {
      column: this.#text(given.column, `${path}.column`),
      weight: this.#number(given.weight, `${path}.weight`),
      minimumU: this.#number(given.minimumU, `${path}.minimumU`),
      ownU: given.ownU === true,
    };
  }

  /** Its SQL is parsed, and refused when unsafe, as that of any rule when a session opens. */
  #rule(value: unknown, index: number): BlockingRule {
    const path = `blockingRules[${index}]`;
    const given = this.#object(value, path);
    const sql = this.#text(given.sql, `${path}.sql`);
    return given.explode === undefined
      ? { sql }
      : { sql, explode: this.#texts(given.explode, `${path}.explode`) };
  }

  #expression(value: unknown, path: string): Expression {
    const given = this.#object(value, path);
    switch (given.kind) {
      case 'column':
        return { kind: 'column', name: this.#text(given.name, `${path}.name`) };
      case 'literal':
        return { kind: 'literal', value: this.#value(given.value, `${path}.value`) };
      case 'call': {
        const name = this.#text(given.name, `${path}.name`);
        if (!isKnownCall(name)) {
          this.#tell(
            path,
            'unsafe_sql',
            `calls ${JSON.stringify(name)}, which is not in the catalogue of functions`,
          );
        }
        const args = this.#list(given.args, `${path}.args`).map((one, index) =>
          this.#expression(one, `${path}.args[${index}]`),
        );
        return { kind: 'call', name, args };
      }
      default:
        this.#tell(path, 'unsupported', 'must be a column, a literal or a call');
        return { kind: 'literal', value: null };
    }
  }

  /** An expression as a whole: one that cannot be written as SQL (the type of a cast, a parameter) is told here. */
  #written(value: unknown, path: string): { readonly expression: Expression; readonly sql: string } {
    const expression = this.#expression(value, path);
    try {
      return { expression, sql: expressionSql(expression) };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#tell(path, 'unsafe_sql', error.message);
      return { expression, sql: 'NULL' };
    }
  }

  #value(value: unknown, path: string): Value {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value;
    if (Array.isArray(value)) return value.map((one, index) => this.#value(one, `${path}[${index}]`));
    this.#tell(path, 'unsupported', 'must be a text, a number, true, false, null or a list of them');
    return null;
  }

  #linkType(value: unknown): LinkType {
    const found = LINK_TYPES.find((one) => one === value);
    if (found === undefined) this.#tell('linkType', 'unsupported', `must be one of ${LINK_TYPES.join(', ')}`);
    return found ?? 'dedupe_only';
  }

  #object(value: unknown, path: string): JsonObject {
    if (isObject(value)) return value;
    this.#tell(path, 'missing', 'must be an object');
    return {};
  }

  #list(value: unknown, path: string): readonly unknown[] {
    if (Array.isArray(value)) return value as readonly unknown[];
    this.#tell(path, 'missing', 'must be a list');
    return [];
  }

  #texts(value: unknown, path: string): readonly string[] {
    return this.#list(value, path).map((one, index) => this.#text(one, `${path}[${index}]`));
  }

  #text(value: unknown, path: string): string {
    if (typeof value === 'string') return value;
    this.#tell(path, 'missing', 'must be a text');
    return '';
  }

  #number(value: unknown, path: string): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.#tell(path, 'missing', 'must be a number');
    return 0;
  }

  #tell(path: string, code: ModelProblem['code'], message: string): void {
    this.problems.push({ path, code, message });
  }
}
