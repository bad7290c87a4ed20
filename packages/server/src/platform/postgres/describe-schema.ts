import type { Transaction } from './database.ts';

/** Queries that each give lines of text about what the base holds. Names of constraints and indexes are part of it. */
const PARTS: readonly (readonly [title: string, sql: string])[] = [
  [
    'columns',
    `SELECT format('%s.%s.%s %s%s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
       CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END,
       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname = ANY ($1)`,
  ],
  [
    'constraints',
    `SELECT format('%s.%s %s %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype IN ('p', 'u', 'f', 'c') AND n.nspname = ANY ($1)`,
  ],
  ['indexes', 'SELECT indexdef AS line FROM pg_indexes WHERE schemaname = ANY ($1)'],
  [
    'row-level security',
    `SELECT format('%s.%s %s', n.nspname, c.relname,
       CASE WHEN c.relrowsecurity THEN 'enabled' ELSE 'none' END) AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY ($1)`,
  ],
  [
    'policies',
    `SELECT format('%s.%s %s %s %s to %s', schemaname, tablename, policyname, permissive, cmd, array_to_string(roles, ','))
       || coalesce(' using ' || regexp_replace(qual, '\\s+', ' ', 'g'), '')
       || coalesce(' check ' || regexp_replace(with_check, '\\s+', ' ', 'g'), '') AS line
     FROM pg_policies WHERE schemaname = ANY ($1)`,
  ],
  [
    'functions',
    `SELECT format('%s.%s(%s) %s%s %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
       pg_get_function_result(p.oid), CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END,
       substr(encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'), 1, 16)) AS line
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)`,
  ],
  [
    'triggers',
    `SELECT format('%s.%s %s', n.nspname, c.relname, pg_get_triggerdef(t.oid)) AS line
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT t.tgisinternal AND n.nspname = ANY ($1)`,
  ],
  [
    'rights of the roles',
    `SELECT format('%s %s.%s %s', g.rolname, n.nspname, c.relname, string_agg(DISTINCT x.privilege_type, ',' ORDER BY x.privilege_type)) AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) x JOIN pg_roles g ON g.oid = x.grantee
     WHERE g.rolname LIKE 'raccroche\\_%' AND n.nspname = ANY ($1) GROUP BY g.rolname, n.nspname, c.relname, c.oid
     UNION ALL
     SELECT format('%s %s.%s.%s %s', g.rolname, n.nspname, c.relname, a.attname, x.privilege_type)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
       aclexplode(a.attacl) x JOIN pg_roles g ON g.oid = x.grantee
     WHERE g.rolname LIKE 'raccroche\\_%' AND n.nspname = ANY ($1)
     UNION ALL
     SELECT format('%s %s.%s(%s) EXECUTE', coalesce(g.rolname, 'PUBLIC'), n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
       aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x LEFT JOIN pg_roles g ON g.oid = x.grantee
     WHERE (g.rolname LIKE 'raccroche\\_%' OR x.grantee = 0) AND n.nspname = ANY ($1)`,
  ],
];

/**
 * Everything that the base enforces, as text: the same on both engines, line by line in a fixed order.
 * `schemas`: the schemas to tell, those of the modules and the ledger's.
 */
export async function describeSchema(transaction: Transaction, schemas: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const [title, sql] of PARTS) {
    const { rows } = await transaction.query<{ line: string }>(sql, [[...schemas]]);
    const lines = rows.map(({ line }) => line).sort();
    parts.push(`# ${title}\n${lines.join('\n')}\n`);
  }
  return parts.join('\n');
}
