import { addDays, type CivilDate, civilDate, earliest } from '../calendar.ts';
import type { Establishment } from '../establishments.ts';
import { yearStart } from '../life/life-builder.ts';
import type { Accompaniment, Award, Life } from '../life/model.ts';
import { STRUCTURES, type Structure } from '../life/structures.ts';
import type { Random } from '../random.ts';
import { toldBreak } from './cfa.ts';
import {
  deliverInterchange,
  type InterchangeFile,
  type InterchangeRow,
  identityColumns,
} from './interchange.ts';
import {
  type Enrolled,
  enrolledIn,
  extractionDay,
  type SenderContext,
  schoolYearLabel,
} from './sender-context.ts';

type Rows = InterchangeFile['rows'];

/** Enrolments of a private school outside contract or a university, a file a school year. */
export function deliverEnrolments(
  context: SenderContext,
  lives: readonly Life[],
  school: Establishment,
): void {
  const random = context.random.fork(school.uai);
  const { times } = context;
  const years = [
    { schoolYear: times.before, on: civilDate(times.current, 7, random.between(6, 12)) },
    { schoolYear: times.current, on: extractionDay(random, times) },
  ];
  for (const { schoolYear, on } of years) {
    const rows = enrolledIn(lives, school)
      .filter(({ stay }) => stay.schoolYear === schoolYear && stay.firstDay <= on)
      .map((one) => ({
        personId: one.life.person.id,
        row: enrolmentRow(context, random.fork(`${one.life.person.id}/${schoolYear}`), one, on),
      }));
    deliverInterchange(context, {
      path: `${school.kind === 'university' ? 'universite' : 'prive-hors-contrat'}/${school.uai}-inscriptions-${schoolYear}.csv`,
      kind: 'inscriptions',
      rows,
      sidecar: { emetteur: school.name, date_extraction: on },
      style: { separator: ';', frenchDates: school.kind === 'private', mark: true },
    });
  }
}

function enrolmentRow(
  { teller, failures }: SenderContext,
  random: Random,
  { life, stay }: Enrolled,
  on: CivilDate,
): InterchangeRow {
  const { person } = life;
  const family = stay.school.kind === 'university' ? 'school' : 'private';
  const told = teller.tell(random, life, { family, knownOn: on });
  const left =
    stay.ending === 'during_year' && stay.lastDay !== null && stay.lastDay < on ? stay.lastDay : undefined;
  const silent = left !== undefined && failures.strikes('exit_never_recorded', random, person.id);
  const exit = silent ? undefined : left;
  const died = exit !== undefined && life.deceasedOn !== undefined;
  const deathTold = died && !failures.strikes('death_untold', random, person.id);
  const wrongKey = failures.strikes('bad_value', random, person.id);
  return {
    ...identityColumns(told, life, `${person.id.slice(1)}-${stay.schoolYear}`, true),
    uai: wrongKey ? `${stay.school.uai.slice(0, 7)}I` : stay.school.uai,
    annee_scolaire: schoolYearLabel(stay.schoolYear),
    statut: stay.status,
    mef: stay.training.mefs[stay.year - 1],
    code_diplome: stay.training.diplomaCode,
    classe: stay.className,
    date_debut: stay.firstDay,
    date_fin: exit,
    motif_fin: exit === undefined ? undefined : deathTold ? 'deces' : died ? 'inconnu' : 'demission',
  };
}

/** Results of examinations: one file an examination, a jury and a session, since a candidate has one row in each. */
export function deliverExams(context: SenderContext, lives: readonly Life[]): void {
  const random = context.random.fork('exams');
  const files = new Map<string, { award: Award; rows: { personId: string; row: InterchangeRow }[] }>();
  for (const life of lives) {
    for (const award of life.awards) {
      const own = random.fork(`${life.person.id}/${award.type}/${award.session}`);
      if (award.date > context.times.asOf || context.failures.strikes('exam_missing', own, life.person.id))
        continue;
      const name = `${award.jury}-${award.type}-${award.session}`;
      const file = files.get(name) ?? { award, rows: [] };
      files.set(name, file);
      file.rows.push({ personId: life.person.id, row: examRow(context, own, life, award) });
    }
  }
  for (const [name, { award, rows }] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
    deliverInterchange(context, {
      path: `examens/${name}.csv`,
      kind: 'diplomes',
      rows,
      sidecar: {
        emetteur: award.jury === 'agriculture' ? 'Examens agricoles' : 'Division des examens',
        date_extraction: earliest(addDays(award.date, 10), context.times.asOf),
      },
      style: { separator: award.jury === 'agriculture' ? ',' : ';', frenchDates: false, mark: false },
    });
  }
}

function examRow(
  { teller, failures }: SenderContext,
  random: Random,
  life: Life,
  award: Award,
): InterchangeRow {
  const told = teller.tell(random, life, { family: 'exams', knownOn: award.date });
  const bad = failures.strikes('bad_value', random, life.person.id);
  return {
    ...identityColumns(told, life, `C${life.person.id.slice(1)}`),
    type: award.type,
    code_diplome: award.training.diplomaCode,
    libelle: award.training.label,
    niveau: award.level === undefined ? undefined : String(award.level),
    session: award.session,
    date_obtention: award.result === 'admis' ? award.date : undefined,
    resultat: bad ? 'ajourne' : award.result,
  };
}

/** Contracts of apprenticeship as the labour ministry registers them: no INE, known by their number. */
export function deliverContracts(context: SenderContext, lives: readonly Life[]): void {
  const random = context.random.fork('contracts');
  const on = extractionDay(random, context.times);
  const since = yearStart(context.times.before);
  const rows: { personId: string; row: InterchangeRow }[] = lives.flatMap((life) =>
    life.stays.flatMap((stay) =>
      stay.contracts.flatMap((contract) => {
        const { id } = life.person;
        const own = random.fork(contract.number);
        if (contract.start > on || contract.plannedEnd < since) return [];
        if (context.failures.strikes('contract_untold', own, id)) return [];
        const told = context.teller.tell(own, life, { family: 'contracts', knownOn: contract.start });
        const broken = toldBreak(contract, on);
        const silent = broken !== undefined && context.failures.strikes('break_untold', own, id);
        const row = {
          ...identityColumns(told, life, contract.number),
          numero_contrat: contract.number,
          type: 'apprentissage',
          uai_cfa: stay.school.uai,
          code_diplome: stay.training.diplomaCode,
          siret_employeur: contract.employerSiret,
          date_debut: contract.start,
          date_fin_prevue: contract.plannedEnd,
          date_rupture: silent ? undefined : broken,
          motif_rupture: silent || broken === undefined ? undefined : 'accord des parties',
        };
        return [{ personId: id, row }];
      }),
    ),
  );
  deliverInterchange(context, {
    path: 'contrats/contrats-apprentissage.csv',
    kind: 'contrats',
    rows,
    sidecar: { emetteur: 'Dépôt des contrats d’apprentissage', date_extraction: on },
    style: { separator: ';', frenchDates: false, mark: true },
  });
}

/** Who accompanies whom: one file a structure. */
export function deliverAccompaniments(context: SenderContext, lives: readonly Life[]): void {
  for (const structure of STRUCTURES) {
    const random = context.random.fork(structure.id);
    const on = extractionDay(random, context.times);
    const rows: Rows = lives.flatMap((life) => {
      const one = life.accompaniments.find(
        ({ structureId, start }) => structureId === structure.id && start <= on,
      );
      if (one === undefined) return [];
      const own = random.fork(life.person.id);
      return [
        { personId: life.person.id, row: accompanimentRow(context, own, { life, one, structure, on }) },
      ];
    });
    deliverInterchange(context, {
      path: `accompagnements/${structure.id.toLowerCase()}.csv`,
      kind: 'accompagnements',
      rows,
      sidecar: { emetteur: structure.name, date_extraction: on },
      style: {
        separator: ';',
        frenchDates: structure.type !== 'mission_locale',
        mark: structure.type === 'mission_locale',
      },
    });
  }
}

function accompanimentRow(
  { teller, failures }: SenderContext,
  random: Random,
  { life, one, structure, on }: { life: Life; one: Accompaniment; structure: Structure; on: CivilDate },
): InterchangeRow {
  const { id } = life.person;
  const told = teller.tell(random, life, { family: 'accompaniment', knownOn: one.start });
  const bad = failures.strikes('bad_value', random, id);
  const contactUnknown = failures.strikes('last_contact_missing', random, id);
  const contact = one.lastContact !== undefined && one.lastContact > on ? on : one.lastContact;
  const ended = one.end !== undefined && one.end <= on;
  return {
    ...identityColumns(told, life, `${structure.id}-${id.slice(1)}`),
    date_maj: contactUnknown ? undefined : contact,
    structure_type: structure.type,
    structure_id: structure.id,
    structure_nom: structure.name,
    date_debut: one.start,
    date_fin: ended ? one.end : undefined,
    date_dernier_contact: contactUnknown ? undefined : contact,
    statut: bad ? 'en cours' : ended || one.end === undefined ? one.status : 'actif',
  };
}
