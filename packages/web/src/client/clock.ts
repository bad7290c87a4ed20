/** Today at the place of the reader, `yyyy-mm-dd`. */
export function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The instant of an hour `HH:MM` of a civil date at the place of the reader, ISO 8601 in UTC. */
export const localInstant = (date: string, hour: string): string =>
  new Date(`${date}T${hour}:00`).toISOString();

/** True once an instant has gone by. */
export const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now();

/** Whole minutes since an instant, in milliseconds since 1970. */
export const minutesSince = (instant: number): number => Math.floor((Date.now() - instant) / 60_000);

/** Milliseconds until an instant; negative once it has gone by. */
export const msUntil = (instant: string): number => Date.parse(instant) - Date.now();

/** The instant after so many milliseconds, ISO 8601 in UTC. */
export const instantAfter = (ms: number): string => new Date(Date.now() + ms).toISOString();
