import { CheckLabels } from '@raccroche/contract';
import type { Dossier } from './dossier.ts';
import { frenchDate } from './french.ts';
import type { Manifest } from './manifest.ts';

/** One link of the trail delivery → record → person → entry, with what made it. */
export interface TraceStep {
  readonly step: 'delivery' | 'record' | 'person' | 'entry';
  readonly id: string;
  /** For people, in French. */
  readonly text: string;
}

/** The id trail of one person: every file and row behind it, the campaign and rule set that judged it, the list it stands on. */
export function traceDossier(dossier: Dossier, manifest: Manifest): TraceStep[] {
  const deliveries = new Map(dossier.records.map((record) => [String(record.delivery_id), record]));
  const campaign = `campagne ${manifest.campaign}, ${manifest.product.name} ${manifest.product.version}, scellée le ${frenchDate(manifest.finishedAt)}`;
  const failed = dossier.checks.filter((check) => check.passed === false);
  return [
    ...[...deliveries].map(
      ([id, record]): TraceStep => ({
        step: 'delivery',
        id,
        text: `${String(record.path)}, SHA-256 ${String(record.sha256)}, extrait le ${frenchDate(record.extracted_on)}`,
      }),
    ),
    ...dossier.records.map(
      (record): TraceStep => ({
        step: 'record',
        id: String(record.record_id),
        text: `${String(record.source)}, ${String(record.path)}, position ${String(record.position)}`,
      }),
    ),
    {
      step: 'person',
      id: String(dossier.person.person_id),
      text: `SIEI ${dossier.siei ?? '—'}, ${dossier.records.length} enregistrement(s) rapproché(s) ; ${campaign}`,
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

const STEP_LABELS = {
  delivery: 'livraison',
  record: 'enregistrement',
  person: 'personne',
  entry: 'liste',
} as const;

export function traceText(steps: readonly TraceStep[]): string {
  return steps
    .map(({ step, id, text }) => `${STEP_LABELS[step].padEnd(15)} ${id}\n${' '.repeat(16)}${text}`)
    .join('\n');
}
