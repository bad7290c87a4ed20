import { type FileKind, FileKindLabels } from '@raccroche/contract';
import type { DeliveryReport, ReportedProblem } from './read-reports.ts';

const NUMBER = new Intl.NumberFormat('fr-FR');
const ROUNDED = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

/** `1 ligne`, `12 lignes`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${NUMBER.format(count)} ${count < 2 ? singular : plural}`;
}

export function frenchNumber(count: number): string {
  return NUMBER.format(count);
}

export function frenchDate(date: string | null): string {
  return date === null
    ? 'date d’extraction inconnue'
    : `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

export function kindLabel(kind: string | null): string {
  return kind === null ? 'format non reconnu' : (FileKindLabels[kind as FileKind] ?? kind);
}

export function size(bytes: number): string {
  const units = ['octets', 'Ko', 'Mo', 'Go'];
  const rank = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = ROUNDED.format(bytes / 1024 ** rank);
  return `${value} ${units[rank] ?? ''}`;
}

/** What became of the file, in one sentence. */
export function verdict(report: DeliveryReport): string {
  if (report.rejected) return 'Fichier refusé : aucune de ses lignes n’est utilisée.';
  if (report.rejects > 0)
    return `Fichier lu, ${counted(report.rejects, 'ligne rejetée', 'lignes rejetées')} à reprendre.`;
  if (report.problems.length > 0) return 'Fichier lu en entier, quelques champs à revoir.';
  return 'Fichier lu en entier, rien à reprendre. Merci.';
}

/** What was counted and not written, in the words of a file of deaths or of any other. */
export function leftOut(report: DeliveryReport): string {
  return report.kind === 'insee-deces'
    ? `${frenchNumber(report.outOfScope)} hors du champ (d’un autre âge, ou après la date de référence ; jamais écrits)`
    : `${report.removedUnder16} de moins de 16 ans (écartés, jamais écrits)`;
}

/** What the positions of a file of this kind are: physical lines, the school's own numbers, or ranks from 1. */
export function placeWord(kind: string | null): string {
  switch (kind) {
    case 'siecle-xml':
      return 'ELEVE_ID';
    case 'cfa-effectifs':
      return 'ligne ou rang';
    case 'sygne-list':
    case 'sygne-detail':
    case 'sygne-schoolings':
    case 'fregata-json':
      return 'rang';
    default:
      return 'ligne';
  }
}

/** Where the problem stands: « 3, 8, 12 et 40 autres ». */
export function places(problem: ReportedProblem): string {
  if (problem.positions.length === 0) return 'fichier entier';
  const rest = problem.count - problem.positions.length;
  return `${problem.positions.join(', ')}${rest > 0 ? ` et ${counted(rest, 'autre')}` : ''}`;
}
