import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A line of the log: which route, how it ended, how long. Never an address, a parameter, a name. */
export interface LogLine {
  readonly reference: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** Of a defect: its name and where it happened, without its message, which may quote data. */
  readonly defect?: string;
}

/** Tells `log` every request of `api`. Returns how the defect of one is told, before it is answered. */
export function logRequests(
  api: FastifyInstance,
  log: (line: LogLine) => void,
): (request: FastifyRequest, error: Error) => void {
  const defects = new WeakMap<FastifyRequest, string>();
  api.addHook('onResponse', async (request, reply) => {
    const defect = defects.get(request);
    log({
      reference: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(defect === undefined ? {} : { defect }),
    });
  });
  return (request, error) => {
    const place = error.stack?.split('\n').find((line) => line.includes(' at '));
    defects.set(request, `${error.name} ${place?.trim() ?? ''}`);
  };
}
