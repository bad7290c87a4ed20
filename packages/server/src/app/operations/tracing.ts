import { NO_TRACING, type Tracing } from '../../platform/telemetry/tracing.ts';
import type { Configuration } from './configuration.ts';

/** Traces to the collector that is configured; without one nothing is traced, and nothing of it is loaded. */
export async function tracingOf(
  { tracesEndpoint }: Pick<Configuration, 'tracesEndpoint'>,
  version: string,
): Promise<Tracing> {
  if (tracesEndpoint === undefined) return NO_TRACING;
  const { openTracing } = await import('../../platform/telemetry/open-tracing.ts');
  const { exporterTo } = await import('../../platform/http/trace-exporter.ts');
  return openTracing(exporterTo(tracesEndpoint), version);
}
