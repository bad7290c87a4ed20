import type { Engine } from './engine.ts';

/** The same engine, telling every statement before it runs: the SQL of a run, to print or to keep. */
export function noting(engine: Engine, tell: (sql: string) => void): Engine {
  const noted = <Result>(act: (sql: string) => Promise<Result>) => {
    return (sql: string): Promise<Result> => {
      tell(sql.trim());
      return act(sql);
    };
  };
  return {
    ...engine,
    run: noted((sql) => engine.run(sql)),
    all: noted((sql) => engine.all(sql)),
    readColumns: noted((sql) => engine.readColumns(sql)),
  };
}
