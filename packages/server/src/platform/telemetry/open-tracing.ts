import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Tracing } from './tracing.ts';

/**
 * Traces to an exporter. Nothing is registered beyond what is returned, and nothing of the machine is told: neither its name, nor
 * the command line, nor who runs it.
 */
export function openTracing(exporter: SpanExporter, version: string): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'raccroche', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('raccroche');
  const current = new AsyncLocalStorage<Span>();
  const start = (name: string, attributes: Attributes, kind: SpanKind) => {
    const parent = current.getStore();
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    return tracer.startSpan(name, { attributes, kind }, context);
  };
  return {
    async span(name, attributes, work) {
      const span = start(name, attributes, SpanKind.INTERNAL);
      try {
        return await current.run(span, work);
      } catch (error) {
        span.setAttribute('error.type', codeOf(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    begin(name, attributes) {
      const span = start(name, attributes, SpanKind.SERVER);
      return {
        enter: (work) => current.run(span, work),
        end(more, isError) {
          span.setAttributes(more);
          if (isError) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    close: () => provider.shutdown(),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
