import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenSpan, Tracing } from '../../platform/telemetry/tracing.ts';

/** A span a request: the method, the route as the program writes it, the status. Neither the address nor who asks. */
export function traceRequests(api: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  api.addHook('onRequest', (request, _reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const span = tracing.begin(`${method} ${route}`, { 'http.request.method': method, 'http.route': route });
    spans.set(request, span);
    span.enter(done);
  });
  api.addHook('onResponse', async (request, reply) => {
    spans.get(request)?.end({ 'http.response.status_code': reply.statusCode }, reply.statusCode >= 500);
  });
}
