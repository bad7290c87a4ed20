import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { type Metrics, serveMetrics } from '../operations/metrics.ts';

/** True for the error of a port that somebody else listens on. */
export const isTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** The same for people, when it is that; any other error as it is. */
export function portRefused(error: unknown, port: number | undefined): unknown {
  if (!isTaken(error)) return error;
  return new RaccrocheError(
    'port_taken',
    `Le port ${port} est déjà pris. Arrêtez ce qui l’occupe, ou donnez-en un autre avec --port.`,
    EXIT_CODES.usage,
  );
}

/** Serves the metrics on a port of this machine; none: nobody reads them. Throws a RaccrocheError `port_taken`. */
export async function openMetrics(metrics: Metrics, port: number | undefined) {
  if (port === undefined) return undefined;
  return serveMetrics(metrics, port).catch((error: unknown) => {
    throw portRefused(error, port);
  });
}
