import { CheckLabels, INTAKE_ISSUES, type IntakeIssueCode } from '@raccroche/contract';
import type { Database, SqlRow } from '../../../platform/duckdb/database.ts';
import type { Dossier } from './dossier.ts';
import { counted, extracted, frenchDate } from './french.ts';
import type { Manifest } from './manifest.ts';

/** One link of the trail delivery → record (or death) → person → entry, with what made it. */
export interface TraceStep {
  readonly step: 'delivery' | 'record' | 'death' | 'person' | 'entry';
  readonly id: string;
  /** For people, in French. */
  readonly text: string;
}

/** The id trail of one person: every file and row behind it, the campaign and rule set that judged it, the list it stands on. */
export function traceDossier(dossier: Dossier, manifest: Manifest): TraceStep[] {
  const told = [...dossier.records, ...dossier.deaths];
  const deliveries = new Map(told.map((record) => [String(record.delivery_id), record]));
  const campaign = `campagne ${manifest.campaign}, ${manifest.product.name} ${manifest.product.version}, scellée le ${frenchDate(manifest.finishedAt)}`;
  const failed = dossier.checks.filter((check) => check.passed === false);
  return [
    ...[...deliveries].map(
      ([id, record]): TraceStep => ({
        step: 'delivery',
        id,
        text: deliveryText(record),
      }),
    ),
    ...dossier.records.map(
      (record): TraceStep => ({
        step: 'record',
        id: String(record.record_id),
        text: `${String(record.source)}, ${String(record.path)}, position ${String(record.position)}`,
      }),
    ),
    ...dossier.deaths.map(deathStep),
    {
      step: 'person',
      id: String(dossier.person.person_id),
      text: `SIEI ${dossier.siei ?? '—'}, ${counted(dossier.records.length, 'enregistrement rapproché', 'enregistrements rapprochés')} ; ${campaign}`,
    },
    dossier.person.listed === true
      ? {
          step: 'entry',
          id: dossier.siei ?? String(dossier.person.person_id),
          text: `sur la liste au ${frenchDate(manifest.asOf)}, règles ${manifest.ruleSet.id} version ${manifest.ruleSet.version}`,
        }
      : {
          step: 'entry',
          id: '—',
          text: `pas sur la liste : ${failed.map((check) => CheckLabels[check.check_code as keyof typeof CheckLabels] ?? check.check_code).join(' ; ')} (condition non remplie)`,
        },
  ];
}

const STANDINGS: Readonly<Record<string, string>> = {
  theirs: 'rapproché',
  to_check: 'à vérifier',
  parted: 'écarté par une décision',
};

/** Without a name: whose death it is, the person says. */
function deathStep(death: SqlRow): TraceStep {
  const verdict = STANDINGS[String(death.standing)] ?? String(death.standing);
  return {
    step: 'death',
    id: String(death.death_id),
    text: `INSEE, ${String(death.path)}, ligne ${String(death.position)} : décès le ${frenchDate(death.died_on)}, ${verdict}, code ${String(death.code)}`,
  };
}

/**
 * What became of a death, when `id` is one that no person of the campaign bears; undefined otherwise: that of a person is
 * part of their trail.
 */
export async function findDeathTrace(database: Database, id: string): Promise<TraceStep[] | undefined> {
  const [death] = await database.all(
    `SELECT d.*, f.*, c.code FROM sources.deaths d JOIN sources.files f USING (file_no) JOIN lists.death_codes c USING (death_id)
     WHERE (d.death_id = $1 OR c.code = upper($1))
       AND d.death_id NOT IN (SELECT death_id FROM linkage.deaths)
       AND NOT EXISTS (SELECT 1 FROM linkage.litiges WHERE list_contains(record_ids, d.death_id))`,
    [id.trim()],
  );
  if (!death) return undefined;
  return [
    { step: 'delivery', id: String(death.delivery_id), text: deliveryText(death) },
    {
      ...deathStep(death),
      text: `INSEE, ${String(death.path)}, ligne ${String(death.position)}, code ${String(death.code)}`,
    },
    { step: 'person', id: '—', text: 'ce décès n’est celui de personne dans cette campagne' },
  ];
}

function deliveryText(file: SqlRow): string {
  return `${String(file.path)}, SHA-256 ${String(file.sha256)}, ${extracted(file.extracted_on)}`;
}

/**
 * What became of a delivered file, when `id` is a delivery id or the path of a file; undefined when it is neither.
 * People are counted, not named: a file may hold thousands.
 */
export async function findDeliveryTrace(database: Database, id: string): Promise<TraceStep[] | undefined> {
  const [file] = await database.all('FROM sources.files WHERE delivery_id = $1 OR path = $1 ORDER BY path', [
    id.trim(),
  ]);
  if (!file) return undefined;
  const delivery: TraceStep = { step: 'delivery', id: String(file.delivery_id), text: deliveryText(file) };
  if (file.rejected === true)
    return [delivery, { step: 'record', id: '—', text: await refusal(database, file) }];
  const [found] = await database.all<{ persons: string; listed: string }>(
    `SELECT count(*) AS persons, count(*) FILTER (listed) AS listed FROM eligibility.persons WHERE person_id IN
       (SELECT person_id FROM linkage.memberships JOIN sources.records USING (record_id) WHERE file_no = $1
        UNION SELECT person_id FROM linkage.deaths JOIN sources.deaths USING (death_id) WHERE file_no = $1)`,
    [Number(file.file_no)],
  );
  const amount = (column: string) => Number(file[column]);
  const rows = counted(amount('row_count'), 'ligne');
  const kept = counted(amount('record_count'), 'enregistrement');
  const rejected = counted(amount('reject_count'), 'rejet');
  const leftOut =
    file.kind === 'insee-deces'
      ? `${amount('out_of_scope')} hors du champ`
      : `${amount('removed_under16')} de moins de 16 ans`;
  return [
    delivery,
    {
      step: 'record',
      // Some may have kept the ids of earlier deliveries.
      id: '…',
      text: `${rows} = ${kept} + ${rejected} + ${leftOut}`,
    },
    { step: 'person', id: '—', text: counted(Number(found?.persons), 'personne') },
    { step: 'entry', id: '—', text: `${Number(found?.listed)} sur les listes` },
  ];
}

async function refusal(database: Database, file: SqlRow): Promise<string> {
  const [issue] = await database.all<{ code: IntakeIssueCode; field: string | null }>(
    `SELECT code, field FROM sources.issues WHERE file_no = $1 AND ordinal IS NULL AND severity = 'rejet'`,
    [Number(file.file_no)],
  );
  const message = issue ? INTAKE_ISSUES[issue.code].message.replaceAll('{champ}', issue.field ?? '?') : '—';
  return `fichier refusé : ${message}`;
}

const STEP_LABELS = {
  delivery: 'livraison',
  record: 'enregistrement',
  death: 'décès',
  person: 'personne',
  entry: 'liste',
} as const;

export function traceText(steps: readonly TraceStep[]): string {
  return steps
    .map(({ step, id, text }) => `${STEP_LABELS[step].padEnd(15)} ${id}\n${' '.repeat(16)}${text}`)
    .join('\n');
}
