import { type FileKind, FileKindLabels } from '@raccroche/contract';
import type { DeliveryReport, ReportedProblem } from './read-reports.ts';

const NUMBER = new Intl.NumberFormat('fr-FR');

/** `1 ligne`, `12 lignes`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${NUMBER.format(count)} ${count < 2 ? singular : plural}`;
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
  const value = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }).format(bytes / 1024 ** rank);
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

/** Where the problem stands: « lignes 3, 8, 12 et 40 autres ». */
export function places(problem: ReportedProblem): string {
  if (problem.positions.length === 0) return 'fichier entier';
  const rest = problem.count - problem.positions.length;
  return `${problem.positions.join(', ')}${rest > 0 ? ` et ${counted(rest, 'autre')}` : ''}`;
}
