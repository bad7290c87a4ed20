import type { Establishment } from '../france/establishments.ts';
import { addTold, InterchangeFile } from './interchange.ts';
import {
  type Enrolled,
  extractionDayOfBefore,
  extractionDayOfYear,
  isEnteredLate,
  latestOfEach,
  rowStream,
  type SenderContext,
  schoolYearLabel,
  type Unit,
  unitOf,
} from './sender-context.ts';
import { tellIdentity } from './told-identity.ts';

/** Enrolments of private schools outside contract and universities: a file a sender and school year. */
export function deliverEnrolments(context: SenderContext, enrolled: readonly Enrolled[]): void {
  const { times } = context;
  for (const kind of ['private', 'university'] as const) {
    const own = enrolled.filter(({ stay }) => stay.school.kind === kind);
    for (const schoolYear of [times.before, times.current]) {
      for (const school of schoolsOrOne(context, own)) {
        const unit = unitOf(school, context.mode, kind === 'private' ? 'Écoles hors contrat' : 'Universités');
        const on =
          schoolYear === times.before
            ? extractionDayOfBefore(context, unit.id)
            : extractionDayOfYear(context, unit.id);
        const rows = own.filter(
          ({ stay }) =>
            stay.schoolYear === schoolYear &&
            stay.firstDay <= on &&
            (context.mode === 'national' || stay.school === school),
        );
        const entered = rows.filter((one) => !isEnteredLate(context, one, on));
        if (entered.length > 0) writeRows(context, { school, unit, schoolYear, on }, latestOfEach(entered));
      }
    }
  }
}

/** The establishments that send, or any of them when their académie sends for all. */
function schoolsOrOne({ mode }: SenderContext, own: readonly Enrolled[]): readonly Establishment[] {
  const schools = [...new Set(own.map(({ stay }) => stay.school))];
  const inOrder = schools.sort((left, right) => (left.uai < right.uai ? -1 : 1));
  return mode === 'national' ? inOrder.slice(0, 1) : inOrder;
}

interface Sending {
  readonly school: Establishment;
  readonly unit: Unit;
  readonly schoolYear: number;
  readonly on: string;
}

function writeRows(
  context: SenderContext,
  { school, unit, schoolYear, on }: Sending,
  rows: readonly Enrolled[],
): void {
  const folder = school.kind === 'university' ? 'universite' : 'prive-hors-contrat';
  const file = new InterchangeFile(
    context.outbox,
    `${folder}/${unit.id}-inscriptions-${schoolYear}.csv`,
    'inscriptions',
    { separator: ';', frenchDates: school.kind === 'private', mark: true },
    { emetteur: unit.name, date_extraction: on },
  );
  for (const { life, stay } of rows) {
    const { person } = life;
    const row = context.failures.ofRow(rowStream(context, life, `${stay.school.uai}/${schoolYear}`));
    const family = stay.school.kind === 'university' ? 'school' : 'private';
    const identity = tellIdentity(row, life, { family, knownOn: on });
    const left =
      stay.ending === 'during_year' && stay.lastDay !== null && stay.lastDay < on ? stay.lastDay : undefined;
    const told = left !== undefined && !row.strikes('exit_never_recorded') ? left : undefined;
    const late =
      told !== undefined && row.aside('late exit').isStillUntold('exit_recorded_late', { since: told, on });
    const exit = late ? undefined : told;
    const died = exit !== undefined && exit === life.deceasedOn;
    const deathTold = died && !row.strikes('death_untold');
    const wrongKey = row.strikes('bad_value');
    addTold(file, row, {
      told: identity,
      life,
      sourceId: `${person.number}-${schoolYear}`,
      withParent: true,
      own: {
        uai: wrongKey ? `${stay.school.uai.slice(0, 7)}I` : stay.school.uai,
        annee_scolaire: schoolYearLabel(schoolYear),
        statut: stay.status,
        mef: stay.training.mefs[stay.year - 1],
        code_diplome: stay.training.diplomaCode,
        classe: stay.className,
        date_debut: stay.firstDay,
        date_fin: exit,
        motif_fin: exit === undefined ? undefined : deathTold ? 'deces' : died ? 'inconnu' : 'demission',
      },
    });
  }
}
