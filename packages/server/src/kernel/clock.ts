/** The only place that reads the time. Campaign results never depend on it: only manifests and progress do. */
export interface Clock {
  /** Instant as ISO 8601, UTC. */
  now(): string;
  /** Milliseconds from an arbitrary origin, for durations. */
  elapsedMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  elapsedMs: () => performance.now(),
};
