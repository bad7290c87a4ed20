import type { Tracing } from '../telemetry/tracing.ts';
import { builderOver, type Database, type Transaction } from './database.ts';

const SYSTEM = { 'db.system.name': 'postgresql' } as const;
/** A table or a function as the program writes it, quoted or not. */
const NAMED = /"?\b([a-z][a-z_]*)"?\."?([a-z][a-z_]*)\b"?/;

/**
 * Name of a statement: what it does, and the first table or function that it mentions. It is made of the program's own text: what
 * somebody gives stands in parameters, which nobody looks at.
 */
export function statementName(sql: string): string {
  const [verb = ''] = /[A-Za-z]+/.exec(sql) ?? [];
  const [, schema, name] = NAMED.exec(sql) ?? [];
  return schema === undefined ? verb.toUpperCase() : `${verb.toUpperCase()} ${schema}.${name}`;
}

/** The same database, whose transactions and statements are spans. */
export function traceDatabase(database: Database, tracing: Tracing): Database {
  return {
    ...database,
    transaction: (options, work) =>
      tracing.span('transaction', { ...SYSTEM, 'raccroche.role': options.role ?? 'owner' }, () =>
        database.transaction(options, (transaction) => work(traceTransaction(transaction, tracing))),
      ),
  };
}

function traceTransaction(transaction: Transaction, tracing: Tracing): Transaction {
  const within = <T>(name: string, work: () => Promise<T>) =>
    tracing.span(name, { ...SYSTEM, 'db.query.summary': name }, work);
  const traced: Omit<Transaction, 'tables'> = {
    query: (sql, parameters) => within(statementName(sql), () => transaction.query(sql, parameters)),
    script: (sql) => within(statementName(sql), () => transaction.script(sql)),
    copyIn: (table, columns, chunks) =>
      within(`COPY ${table}`, () => transaction.copyIn(table, columns, chunks)),
    copyOut: (source) => transaction.copyOut(source),
  };
  return { ...traced, tables: <T>() => builderOver<T>(traced) };
}
