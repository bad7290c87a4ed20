import { type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import type { Cell } from '../../platform/files/spreadsheet-file.ts';
import { EMPTY_LIST_NOTICE, frenchDate, type ListContext, type ListHead } from './export-context.ts';

export const SOURCES_WIDTHS = [50, 14, 14, 14, 18, 18, 30] as const;

type Row = readonly Cell[];
const BLANK: Row = [];
const bold = (...texts: string[]): Row => texts.map((text) => ({ bold: text }));

/** The sheet « Sources »: which list this is, by which rules, based on what, how old, and what is missing. */
export function sourcesRows(context: ListContext, head: ListHead, count: number): Row[] {
  return [
    ...headRows(context, head, count),
    BLANK,
    ...sourceRows(context),
    ...noDeathsRows(context),
    ...missingRows(context),
    BLANK,
    bold('Paramètres des règles'),
    ...parameterRows(context.ruleSet.parameters),
  ];
}

type Parameters = ListContext['ruleSet']['parameters'];

/** What each number of the rules means, for who reads the list. */
const PARAMETER_LABELS = {
  minAge: 'Âge minimum (ans révolus)',
  ageLimit: 'Âge limite (jusqu’à la veille de cet anniversaire)',
  lookbackSchoolYears: 'Années scolaires regardées avant celle-ci',
  cfaWithoutContractMaxDays: 'Jours en CFA sans contrat avant d’être sur la liste',
  missionLocaleContactDays: 'Jours depuis un contact de la mission locale encore actif',
  cycle: 'Formations qui comptent',
  capBep: 'Diplômes qui retirent de la liste',
} as const satisfies Record<keyof Parameters, string>;

const PARAMETER_WORDS: Readonly<Record<Parameters['cycle'] | Parameters['capBep'], string>> = {
  qualifying: 'celles qui mènent à un diplôme de niveau 3 ou 4',
  cycle_only: 'celui de la dernière formation suivie',
  any: 'tous',
};

function parameterRows(parameters: Parameters): Row[] {
  return Object.entries(PARAMETER_LABELS).map(([name, label]): Row => {
    const value = parameters[name as keyof Parameters];
    if (typeof value === 'number') return [label, value];
    return [label, name === 'cycle' && value === 'any' ? 'toutes' : PARAMETER_WORDS[value]];
  });
}

function headRows({ campaign, asOf, ruleSet, sources }: ListContext, head: ListHead, count: number): Row[] {
  const oldest = sources
    .map((source) => source.oldestExtraction)
    .filter((date) => date !== null)
    .sort()[0];
  return [
    ['Liste', `${head.department} — ${head.departmentName}`],
    ['Campagne', campaign],
    ['Situation au', { date: asOf }],
    ['Règles', `${ruleSet.label} (${ruleSet.id}, version ${ruleSet.version})`],
    ['Personnes à contacter', count],
    ...(count === 0 ? [[null, EMPTY_LIST_NOTICE]] : []),
    ...(oldest === undefined
      ? []
      : [['Donnée la plus ancienne', `${frenchDate(oldest)} (${daysBetween(oldest, asOf)} jours)`]]),
  ];
}

function sourceRows({ sources }: ListContext): Row[] {
  const header = bold(
    'Sources',
    'Émetteurs',
    'Fichiers',
    'Lignes',
    'Extraction la plus récente',
    'Extraction la plus ancienne',
    'Fraîcheur',
  );
  const rows = sources.map((source): Row => {
    const undated =
      source.undatedFiles > 0 && source.ageDays !== null ? ` (${source.undatedFiles} sans date)` : '';
    return [
      source.label,
      source.senders,
      source.files,
      source.rows,
      dateCell(source.latestExtraction),
      dateCell(source.oldestExtraction),
      source.freshness + undated,
    ];
  });
  return [header, ...rows];
}

/** Never required, but who reads the list must know it before a letter is sent. */
function noDeathsRows({ sources }: ListContext): Row[] {
  if (sources.some(({ family }) => family === 'deaths')) return [];
  return [['Sans fichier des décès (INSEE) : une personne décédée peut être sur cette liste.']];
}

function missingRows({ missingSources }: ListContext): Row[] {
  if (missingSources.length === 0) return [];
  return [
    BLANK,
    bold('Sources attendues et absentes'),
    ['La liste a été publiée sans elles : elle peut être incomplète, ou signaler quelqu’un à tort.'],
    ...missingSources.map(({ label }): Row => [label]),
  ];
}

function dateCell(date: CivilDate | null): Cell {
  return date === null ? 'inconnue' : { date };
}
