import { quoteText } from '../../expression/sql-text.ts';

/**
 * SELECT of invented people, seeded: `persons` of them once, a share of them twice with errors: a letter left out, names
 * swapped, a digit of the date changed, values missing. `person` is the truth.
 */
export function inventedPeopleSql(persons: number, seed: number): string {
  const draw = (salt: number, of: number) => `(hash(i || ${quoteText(`-${seed}-${salt}`)}) % ${of})`;
  const syllables = "['MA', 'LO', 'RI', 'TE', 'BEN', 'SAN', 'DU', 'VAL', 'COR', 'NIS', 'PEL', 'GAR']";
  const word = (salt: number, many: number) =>
    Array.from({ length: many }, (_, index) => `${syllables}[1 + ${draw(salt + index, 12)}::INTEGER]`).join(
      ' || ',
    );
  const base = `SELECT i, ${word(1, 2)} AS first_name, ${word(11, 3)} AS family_name,
    strftime(DATE '1940-01-01' + ${draw(21, 22_000)}::INTEGER, '%d/%m/%Y') AS birth_date,
    ${word(31, 2)} || 'VILLE' AS city, ${draw(41, 2)} = 0 AS is_twice, ${draw(42, 4)} AS error FROM range(${persons}) t(i)`;
  return `WITH base AS (${base})
    SELECT 'a' || i AS record_id, first_name, family_name, birth_date, city, 'paper' AS origin, i AS person FROM base
    UNION ALL
    SELECT 'b' || i, CASE error WHEN 0 THEN family_name ELSE first_name END,
      CASE error WHEN 0 THEN first_name WHEN 1 THEN substr(family_name, 1, 3) || substr(family_name, 5) ELSE family_name END,
      CASE error WHEN 2 THEN substr(birth_date, 1, 1) || '1' || substr(birth_date, 3) ELSE birth_date END,
      CASE error WHEN 3 THEN NULL ELSE city END, 'paper', i
    FROM base WHERE is_twice`;
}
