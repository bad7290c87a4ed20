import { addDays, type CivilDate, earliest } from '../calendar.ts';
import { academyName } from '../france/departments.ts';
import { yearStart } from '../life/life-builder.ts';
import type { Accompaniment, Award, Contract, Life, Stay } from '../life/model.ts';
import { toldBreak } from './cfa.ts';
import { addTold, InterchangeFile } from './interchange.ts';
import { extractionDay, rowStream, type SenderContext } from './sender-context.ts';
import { tellIdentity } from './told-identity.ts';

const JURIES: Record<Award['jury'], string> = {
  education: 'Division des examens',
  agriculture: 'Examens agricoles',
  attestations: 'Attestations et certifications',
};

/** What counts for no level is told of that many sessions before those of the two school years. `[inferred]` */
const SESSIONS_BEFORE = 2;

/** Results of examinations, one file an académie, a jury and a session: rows are events, somebody may have several. */
export function deliverExams(context: SenderContext, life: Life): void {
  for (const award of life.awards) {
    if (award.bassin !== context.bassin || award.date > context.times.asOf) continue;
    const old = Number(award.session.slice(0, 4)) < context.times.before - SESSIONS_BEFORE;
    if (old && award.level === undefined) continue;
    const row = context.failures.ofRow(rowStream(context, life, `exam/${award.rank}`));
    if (row.leavesUntold('exam_missing', { since: award.date, on: context.times.asOf })) continue;
    const told = tellIdentity(row, life, { family: 'exams', knownOn: award.date });
    const bad = row.strikes('bad_value');
    addTold(openExams(context, award), row, {
      told,
      life,
      sourceId: `C${life.person.number}-${award.rank}`,
      own: {
        type: award.type,
        code_diplome: award.training?.diplomaCode,
        libelle: award.label,
        niveau: award.level === undefined ? undefined : String(award.level),
        session: award.session,
        date_obtention: award.result === 'admis' ? award.date : undefined,
        resultat: bad ? 'ajourne' : award.result,
      },
    });
  }
}

function openExams({ outbox, bassin, times }: SenderContext, award: Award): InterchangeFile<'diplomes'> {
  const { academy } = bassin.department;
  return new InterchangeFile(
    outbox,
    `examens/${academy}-${award.jury}-${award.session}.csv`,
    'diplomes',
    { separator: award.jury === 'agriculture' ? ',' : ';', frenchDates: false, mark: false },
    {
      emetteur: `${JURIES[award.jury]}, ${academyName(academy)}`,
      date_extraction: earliest(addDays(award.date, 10), times.asOf),
    },
  );
}

/** Contracts of apprenticeship as the labour ministry registers them: no INE, known by their number. */
export function deliverContracts(context: SenderContext, life: Life): void {
  for (const stay of life.stays) {
    if (stay.school.bassin !== context.bassin) continue;
    for (const contract of stay.contracts) deliverContract(context, life, stay, contract);
  }
}

function deliverContract(context: SenderContext, life: Life, stay: Stay, contract: Contract): void {
  const { academy } = context.bassin.department;
  const on = extractionDay(context, `contracts/${academy}`);
  if (contract.start > on || contract.plannedEnd < yearStart(context.times.before)) return;
  const row = context.failures.ofRow(rowStream(context, life, contract.number));
  if (row.leavesUntold('contract_untold', { since: contract.start, on })) return;
  const told = tellIdentity(row, life, { family: 'contracts', knownOn: contract.start });
  const broken = toldBreak(contract, on);
  const silent = broken !== undefined && row.leavesUntold('break_untold', { since: broken, on });
  const file = new InterchangeFile(
    context.outbox,
    `contrats/${academy}-contrats-apprentissage.csv`,
    'contrats',
    { separator: ';', frenchDates: false, mark: true },
    { emetteur: `Dépôt des contrats d’apprentissage, ${academyName(academy)}`, date_extraction: on },
  );
  addTold(file, row, {
    told,
    life,
    sourceId: contract.number,
    own: {
      numero_contrat: contract.number,
      type: 'apprentissage',
      uai_cfa: stay.school.uai,
      code_diplome: stay.training.diplomaCode,
      siret_employeur: contract.employerSiret,
      date_debut: contract.start,
      date_fin_prevue: contract.plannedEnd,
      date_rupture: silent ? undefined : broken,
      motif_rupture: silent || broken === undefined ? undefined : 'accord des parties',
    },
  });
}

/** Who sends for a structure: itself, or one extract of all those of its type in the académie (i-MILO for missions locales). */
function accompanistOf(
  { mode }: SenderContext,
  { structure, bassin }: Accompaniment,
): { id: string; name: string } {
  if (mode === 'establishments' || structure.type !== 'mission_locale') return structure;
  const { academy } = bassin.department;
  return { id: `ml-${academy}`, name: `Missions locales, ${academyName(academy)}` };
}

/** Who accompanies whom: one row a person and structure. */
export function deliverAccompaniments(context: SenderContext, life: Life): void {
  const last = new Map<string, Accompaniment>();
  for (const one of life.accompaniments) {
    const on = extractionDay(context, accompanistOf(context, one).id);
    if (one.bassin === context.bassin && one.start <= on) last.set(one.structure.id, one);
  }
  for (const one of last.values()) deliverAccompaniment(context, life, one);
}

function deliverAccompaniment(context: SenderContext, life: Life, one: Accompaniment): void {
  const { structure } = one;
  const sender = accompanistOf(context, one);
  const on = extractionDay(context, sender.id);
  const row = context.failures.ofRow(rowStream(context, life, structure.id));
  if (row.aside('late').leavesUntold('accompaniment_told_late', { since: one.start, on })) return;
  const told = tellIdentity(row, life, { family: 'accompaniment', knownOn: one.start });
  const bad = row.strikes('bad_value');
  const contact = row.strikes('last_contact_missing') ? undefined : before(one.lastContact, on);
  const ended = one.end !== undefined && one.end <= on;
  const ofTown = structure.type === 'mission_locale';
  const file = new InterchangeFile(
    context.outbox,
    `accompagnements/${sender.id.toLowerCase()}.csv`,
    'accompagnements',
    { separator: ';', frenchDates: !ofTown, mark: ofTown },
    { emetteur: sender.name, date_extraction: on },
  );
  addTold(file, row, {
    told,
    life,
    sourceId: `${structure.id}-${life.person.number}`,
    updatedOn: contact,
    own: {
      structure_type: structure.type,
      structure_id: structure.id,
      structure_nom: structure.name,
      date_debut: one.start,
      date_fin: ended ? one.end : undefined,
      date_dernier_contact: contact,
      statut: bad ? 'en cours' : ended || one.end === undefined ? one.status : 'actif',
    },
  });
}

function before(day: CivilDate | undefined, limit: CivilDate): CivilDate | undefined {
  return day !== undefined && day > limit ? limit : day;
}

/** A job: hardly anybody tells of one; who does writes it like an accompaniment that goes on. */
export function deliverJob(context: SenderContext, life: Life): void {
  const { employedFrom, person } = life;
  if (employedFrom === undefined || person.home !== context.bassin) return;
  const row = context.failures.ofRow(rowStream(context, life, 'job'));
  if (row.strikes('job_untold')) return;
  const { academy } = context.bassin.department;
  const on = extractionDay(context, `jobs/${academy}`);
  if (employedFrom > on) return;
  const file = new InterchangeFile(
    context.outbox,
    `accompagnements/emplois-${academy}.csv`,
    'accompagnements',
    { separator: ';', frenchDates: false, mark: false },
    { emetteur: `Emplois, ${academyName(academy)}`, date_extraction: on },
  );
  addTold(file, row, {
    told: tellIdentity(row, life, { family: 'accompaniment', knownOn: employedFrom }),
    life,
    sourceId: `E${person.number}`,
    own: { structure_type: 'emploi', date_debut: employedFrom, statut: 'actif' },
  });
}
