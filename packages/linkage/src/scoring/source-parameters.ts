import { quoteName, quoteText } from '../expression/sql-text.ts';
import { levelsByGamma, type Model, type SourceParameters } from '../model/model.ts';

export function hasSourceParameters(model: Model): boolean {
  return (model.sourceParameters?.length ?? 0) > 0;
}

/** The model that weighs pairs of records of these two inputs: its levels have the m of this pair of inputs. */
export function modelForSources(model: Model, a: string, b: string): Model {
  const own = model.sourceParameters?.find(
    ({ sources: [x, y] }) => (x === a && y === b) || (x === b && y === a),
  );
  const { sourceParameters: _, ...common } = model;
  return own === undefined ? common : withM(common, own);
}

function withM(model: Model, { m }: SourceParameters): Model {
  const comparisons = model.comparisons.map((comparison, index) => {
    const byGamma = levelsByGamma(comparison);
    const levels = comparison.levels.map((one) => {
      const own = m[index]?.[byGamma.indexOf(one)];
      return own === undefined ? one : { ...one, m: own };
    });
    return { ...comparison, levels };
  });
  return { ...model, comparisons };
}

/**
 * SQL of a number of a pair where it depends on the two inputs, whose names are in the source column of both sides:
 * `sql` is asked for the model of each pair of inputs that has its own, and for the common one.
 */
export function bySourcesSql(model: Model, sql: (model: Model) => string): string {
  const { sourceParameters = [], ...common } = model;
  if (sourceParameters.length === 0) return sql(common);
  const [left, right] = [quoteName(`${model.sourceColumn}_l`), quoteName(`${model.sourceColumn}_r`)];
  const whens = sourceParameters.map((own) => {
    const [a, b] = own.sources.map(quoteText);
    return `WHEN (${left} = ${a} AND ${right} = ${b}) OR (${left} = ${b} AND ${right} = ${a}) THEN ${sql(withM(common, own))}`;
  });
  return `(CASE ${whens.join('\n')} ELSE ${sql(common)} END)`;
}
