import type { CivilDate } from '../calendar.ts';
import { Country } from '../france/country.ts';
import { timesOf } from '../life/life-builder.ts';
import { livesOf } from '../life/make-population.ts';
import type { Life } from '../life/model.ts';

/** Everybody of a small country of two départements, once, with lives that end on `until`. */
export function livesIn({
  until,
  people,
  seed = 1,
  mortality = 1,
}: {
  until: CivilDate;
  people: number;
  seed?: number;
  mortality?: number;
}): Life[] {
  const country = new Country({ seed, people, departments: ['29', '59'], senders: 'national' });
  const setting = { seed, times: timesOf(until), country, mortality };
  return country.territory.bassins.flatMap((bassin) =>
    [...livesOf(setting, bassin)].filter(({ person }) => person.home === bassin),
  );
}
