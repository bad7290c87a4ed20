import { addDays, type CivilDate, frenchDate, schoolYearOf } from '../calendar.ts';
import type { RowFailures } from '../failures.ts';
import { csvText } from '../files/csv.ts';
import type { PlacedOrigin } from '../files/outbox.ts';
import { encodeText } from '../files/text-encoding.ts';
import { FRANCE } from '../france/addresses.ts';
import type { Establishment } from '../france/establishments.ts';
import { yearStart } from '../life/life-builder.ts';
import type { Stay } from '../life/model.ts';
import {
  type Enrolled,
  extractionDayOfBefore,
  extractionDayOfYear,
  isEnteredLate,
  isRepeated,
  rowStream,
  type SenderContext,
  schoolYearLabel,
} from './sender-context.ts';
import { type ToldIdentity, tellIdentity } from './told-identity.ts';

/** FREGATA counts its school years from this one. Source: formats.md §3. */
const FREGATA_YEAR_ZERO = 1996;
const PUPIL = '2501';
const APPRENTICE = '2503';
const NOT_SCHOOLED = '2505';

interface ToldEnrolment extends Enrolled {
  readonly identity: ToldIdentity;
  readonly id: number;
  readonly exit: CivilDate | undefined;
  readonly status: string;
  readonly row: RowFailures;
}

/** Writes the enrolments of an agricultural school or CFA, a file a school year, as its software does. */
export function deliverFregata(
  context: SenderContext,
  school: Establishment,
  enrolled: readonly Enrolled[],
): void {
  const { times } = context;
  const years = [
    { schoolYear: times.before, on: extractionDayOfBefore(context, school.uai) },
    { schoolYear: times.current, on: extractionDayOfYear(context, school.uai) },
  ];
  const withoutDates =
    school.software === 'fregata-csv' &&
    context.failures.strikesSender('dates_left_out', context.random.fork(`dates/${school.uai}`));
  for (const { schoolYear, on } of years) {
    const told = enrolled
      .flatMap(({ life, stay }) => onRollsOf(stay, schoolYear).map((one) => ({ life, stay: one })))
      .filter(({ stay }) => stay.firstDay <= on)
      .filter((one) => !isEnteredLate(context, one, on))
      .flatMap((one) => {
        const told = tellEnrolment(context, one, { on, oneName: !withoutDates });
        return isRepeated(told.row) ? [told, told] : [told];
      });
    if (told.length === 0) continue;
    if (withoutDates) writeCsv(context, { school, schoolYear, on, told });
    else writeJson(context, { school, schoolYear, on, told });
  }
}

/** The stay as the rolls of a school year have it, if they do: an apprentice is on those of each year of the training. */
function onRollsOf(stay: Stay, schoolYear: number): readonly Stay[] {
  if (stay.plannedEnd === undefined) return stay.schoolYear === schoolYear ? [stay] : [];
  const begins = schoolYearOf(stay.firstDay) <= schoolYear;
  if (!begins || (stay.lastDay !== null && stay.lastDay < yearStart(schoolYear))) return [];
  // Whoever came before the first year of the training is told with it.
  const year = Math.max(1, stay.training.years - (schoolYearOf(stay.plannedEnd) - schoolYear));
  return [{ ...stay, schoolYear, year }];
}

function tellEnrolment(
  context: SenderContext,
  { life, stay }: Enrolled,
  { on, oneName }: { on: CivilDate; oneName: boolean },
): ToldEnrolment {
  // The identity is that of the learner's file: the same in both years.
  const row = context.failures.ofRow(rowStream(context, life, stay.school.uai));
  const identity = tellIdentity(row, life, { family: 'agriculture', knownOn: on, oneName });
  const left = stay.ending === 'during_year' && stay.lastDay !== null && stay.lastDay < on;
  const told = left ? toldExit(row, stay, on) : undefined;
  const bad = told !== undefined && row.strikes('bad_end_date');
  return {
    life,
    stay,
    identity,
    id: 7_000_000_000 + life.person.number * 10 + (stay.schoolYear % 10),
    exit: bad ? addDays(stay.firstDay, -15) : told,
    status: left && row.strikes('exit_as_not_schooled') ? NOT_SCHOOLED : statusOf(stay),
    row,
  };
}

const statusOf = ({ status }: Stay): string => (status === 'apprenti' ? APPRENTICE : PUPIL);

/** The last day of somebody who left in the course of the year, where the school has it by `on`. */
function toldExit(row: RowFailures, { lastDay, schoolYear }: Stay, on: CivilDate): CivilDate | undefined {
  if (lastDay === null || row.strikes('exit_never_recorded')) return undefined;
  // The learner's file is one of both years: each year has its own exit.
  const late = row.aside(`late exit/${schoolYear}`);
  return late.isStillUntold('exit_recorded_late', { since: lastDay, on }) ? undefined : lastDay;
}

interface File {
  readonly school: Establishment;
  readonly schoolYear: number;
  readonly on: CivilDate;
  readonly told: readonly ToldEnrolment[];
}

const originsFrom = (first: number, told: readonly ToldEnrolment[]): readonly PlacedOrigin[] =>
  told.map(({ life, row }, index) => ({
    position: index + first,
    personId: life.person.id,
    failures: row.hits,
  }));

function writeJson({ outbox }: SenderContext, { school, schoolYear, on, told }: File): void {
  const path = `agriculture/${school.uai}-inscriptions-${schoolYear}.json`;
  const text = `${JSON.stringify(told.map(fregataJson), null, 1)}\n`;
  outbox.write(path, Buffer.from(text, 'utf8'), {
    emetteur: school.name,
    uai: school.uai,
    date_extraction: on,
  });
  outbox.tell(path, originsFrom(1, told));
}

/** Element of `GET inscriptions?rne=…`: usual names only. Source: formats.md §3. */
function fregataJson({ stay, identity, id, exit, status }: ToldEnrolment): object {
  const { address } = identity;
  return {
    id,
    estEN: false,
    dateEntreeEtablissement: stay.firstDay,
    dateEntreeFormation: stay.firstDay,
    dateSortieEtablissement: exit ?? null,
    dateSortieFormation: exit ?? null,
    statutApprenant: { code: status },
    division: { libelle: stay.className },
    sectionReference: {
      codeMef: `${stay.training.mefs[stay.year - 1] ?? stay.training.mefs[0] ?? ''}0`,
      anneeScolaireId: stay.schoolYear - FREGATA_YEAR_ZERO,
    },
    apprenant: {
      prenomUsuel: identity.givenNames[0],
      nomUsuel: identity.familyName,
      dateNaissance: identity.birthDate,
      ine: identity.ina === undefined ? (identity.ine ?? null) : null,
      communeCodeInsee: identity.birthCommune?.code ?? null,
      paysCodeInsee: identity.birthCountry ?? FRANCE,
      sexeId: identity.sex === 'M' ? '1' : '2',
      adressesApprenant:
        address === undefined
          ? null
          : [
              {
                estPrioritaire: true,
                adresseIndividu: {
                  ligne2: address.lines[1] ?? null,
                  ligne3: null,
                  ligne4: address.lines[0] ?? null,
                  ligne5: null,
                  ligne6: `${address.postalCode} ${address.city.toUpperCase()}`.trim(),
                  ligne7: null,
                  communeCodePostal: address.postalCode,
                  communeCodeInsee: address.commune?.code ?? null,
                  paysCodeInsee: address.country,
                },
              },
            ],
    },
  };
}

/** Header of the export; `*` marks what must be filled. Source: formats.md §4. */
const CSV_HEADER = [
  'Identifiant unique*',
  'Premier prénom*',
  'Deuxième prénom',
  'Troisième prénom',
  'Nom de famille*',
  'Nom d’usage',
  'Sexe',
  'Date de naissance*',
  'Code commune de naissance',
  'Libellé commune de naissance',
  'Code département de naissance*',
  'Code pays de naissance*',
  'Statut*',
  'Code MEF*',
  'Division*',
];

/** The export has no dates: whoever left in the course of the year is simply not in it any more. */
function writeCsv({ outbox }: SenderContext, { school, schoolYear, on, told }: File): void {
  const present = told.filter(({ exit, stay }) => exit === undefined || stay.ending === 'with_year');
  if (present.length === 0) return;
  const path = `agriculture/${school.uai}-export-${schoolYear}.csv`;
  const text = csvText(CSV_HEADER, present.map(csvRow));
  outbox.write(path, encodeText(text.replaceAll('’', "'"), 'windows-1252'), {
    emetteur: school.name,
    uai: school.uai,
    annee_scolaire: schoolYearLabel(schoolYear),
    date_extraction: on,
  });
  outbox.tell(path, originsFrom(2, present));
}

function csvRow({ life, stay, identity }: ToldEnrolment): (string | undefined)[] {
  const { birthCommune } = identity;
  return [
    // The identifier must be filled: an INA stands in for an INE that is not known.
    identity.ina ?? identity.ine ?? life.person.ina,
    ...[0, 1, 2].map((rank) => identity.givenNames[rank]),
    identity.familyName,
    identity.usageName,
    identity.sex,
    frenchDate(identity.birthDate),
    birthCommune?.code,
    birthCommune?.name.toUpperCase(),
    birthCommune?.department.padStart(3, '0') ?? '099',
    (identity.birthCountry ?? FRANCE).slice(2),
    stay.status === 'apprenti' ? 'AP' : 'ST',
    `${stay.training.mefs[stay.year - 1] ?? stay.training.mefs[0] ?? ''}0`,
    stay.className,
  ];
}
