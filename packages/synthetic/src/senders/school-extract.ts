import type { Establishment } from '../france/establishments.ts';
import { InterchangeFile } from './interchange.ts';
import { extractionsOf, type ToldSchooling } from './school-register.ts';
import { type SenderContext, schoolYearLabel, unitOf } from './sender-context.ts';

/**
 * What an académie extracts from its base of pupils for its schools, a file a school year: the interchange format, and
 * one row a pupil, the last, as the base itself has.
 */
export function deliverExtract(context: SenderContext, told: readonly ToldSchooling[]): void {
  const own = told.filter(({ stay }) => stay.school.bassin === context.bassin);
  const first = own[0];
  if (first === undefined) return;
  for (const schoolYear of [context.times.before, context.times.current]) {
    // Whoever is in no class any more has left the base of the year; the year before keeps them.
    const here = (one: ToldSchooling) => !one.inactive || schoolYear === context.times.before;
    const rows = own.filter((one) => one.schoolYear === schoolYear && here(one));
    if (rows.length === 0) continue;
    const file = openExtract(context, first.stay.school, schoolYear);
    for (const one of rows) {
      const { stay, identity } = one;
      file.add(
        {
          told: identity,
          life: one.life,
          sourceId: one.pupilNumber,
          withParent: true,
          own: {
            uai: stay.school.uai,
            annee_scolaire: schoolYearLabel(schoolYear),
            statut: 'scolaire',
            mef: `${one.mef}0`,
            classe: one.inactive ? undefined : one.className,
            date_debut: one.firstDay,
            date_fin: one.exit,
            motif_fin: one.exit === undefined ? undefined : one.deathTold ? 'deces' : 'inconnu',
          },
        },
        one,
      );
    }
  }
}

/** Of all that is told of a person, what stands in the extracts of their académies: the last of each year, a real one first. */
export function keepForExtract(told: readonly ToldSchooling[]): readonly ToldSchooling[] {
  const extracted = told.filter(({ stay }) => stay.school.software === 'extract');
  const kept = new Map<string, ToldSchooling[]>();
  for (const one of [...extracted.filter(({ ghost }) => ghost), ...extracted.filter(({ ghost }) => !ghost)]) {
    const key = `${one.stay.school.bassin.department.academy} ${one.schoolYear}`;
    const last = kept.get(key);
    // The same stay twice is a fault of its own, not a change of school.
    if (last?.[0]?.stay === one.stay) last.push(one);
    else kept.set(key, [one]);
  }
  return [...kept.values()].flat();
}

function openExtract(
  context: SenderContext,
  school: Establishment,
  schoolYear: number,
): InterchangeFile<'inscriptions'> {
  const unit = unitOf(school, context.mode, 'Rectorat');
  const days = extractionsOf(context, school);
  return new InterchangeFile(
    context.outbox,
    `education-nationale/extraction/${unit.id}-inscriptions-${schoolYear}.csv`,
    'inscriptions',
    { separator: ';', frenchDates: false, mark: false },
    {
      emetteur: unit.name,
      date_extraction: schoolYear === context.times.current ? days.current : days.before,
      source: 'school',
    },
  );
}
