import { type SourceFamily, SourceFamilyLabels } from '@raccroche/contract';
import type { CampaignResult } from './campaign-result.ts';
import { counted, frenchDate, frenchNumber } from './french.ts';

/** What a campaign found, for a person at a terminal. */
export function resultText(result: CampaignResult): string {
  const { carried = 0 } = result;
  const missing = result.missing.map((family) => SourceFamilyLabels[family as SourceFamily] ?? family);
  return [
    '',
    `Campagne au ${frenchDate(result.asOf)}, règles ${result.ruleSet}`,
    `  ${counted(result.files, 'fichier')} (${counted(result.rejectedFiles, 'refusé')}), ${counted(result.rows, 'ligne')} : ` +
      `${counted(result.records, 'enregistrement')}, ${counted(result.rejects, 'rejet')}, ${frenchNumber(result.removedUnder16)} de moins de 16 ans écartés${toldDeaths(result) === 0 ? '' : `, ${frenchNumber(toldDeaths(result))} décès`}`,
    ...(carried > 0
      ? [`  ${counted(carried, 'fichier repris', 'fichiers repris')} tels quels de la campagne précédente`]
      : []),
    `  ${counted(result.persons, 'personne')}, ${counted(result.litiges, 'identité')} à trancher, ${counted(result.toFollow, 'rupture')} à suivre`,
    lookAlikeLine(result),
    ...decisionLines(result.decisions),
    deathLine(result),
    ...(result.withheld
      ? [
          `  Listes retenues : il manque ${missing.join(', ')}.`,
          '  Déposez ces fichiers et relancez, ou publiez sans eux avec --allow-missing : les listes le diront.',
        ]
      : [
          `  ${counted(result.listed, 'jeune')} sur les listes`,
          ...departmentLines(result.departments),
          ...(missing.length > 0 ? [`  Publié sans : ${missing.join(', ')} (dit sur chaque liste).`] : []),
        ]),
    '',
    `  Listes    ${result.out}/lists`,
    `  Rejets    ${result.out}/rejects/rejets.csv`,
    `  Rapports  ${result.out}/reports`,
    ...(result.litiges > 0 ? [`  Litiges   ${result.out}/litiges/a-trancher.csv`] : []),
  ]
    .filter((line) => !(result.withheld && line.startsWith('  Listes    ')))
    .join('\n');
}

function lookAlikeLine({ lookAlikes, comparisonsCarried = false }: CampaignResult): string {
  if (lookAlikes === null)
    return '  Ressemblances : trop peu d’enregistrements pour en être sûr, elles sont à trancher et ne rapprochent personne';
  const spared = comparisonsCarried ? ' ; ce qui n’a pas changé n’est pas comparé de nouveau' : '';
  return `  ${counted(lookAlikes, 'rapprochement')} par ressemblance${spared}`;
}

function decisionLines(decisions: CampaignResult['decisions']): string[] {
  if (decisions === null) return [];
  const idle = decisions.given - decisions.applied;
  const rest =
    idle === 0 ? '' : ` ; ${frenchNumber(idle)} sans effet, pourquoi est dit dans litiges/decisions.csv`;
  return [
    `  ${counted(decisions.applied, 'décision appliquée', 'décisions appliquées')} sur ${frenchNumber(decisions.given)}${rest}`,
  ];
}

function toldDeaths({ deaths, outOfScope }: CampaignResult): number {
  return deaths + outOfScope;
}

function deathLine(result: CampaignResult): string {
  const { deaths, outOfScope, deceased, deathsToCheck } = result;
  return toldDeaths(result) === 0
    ? '  Pas de fichier des décès (INSEE) : seuls les émetteurs disent qui est mort'
    : `  Fichier des décès : ${frenchNumber(deaths)} dans le champ, ${frenchNumber(outOfScope)} hors du champ ; ` +
        `${counted(deceased, 'personne décédée', 'personnes décédées')}, ${frenchNumber(deathsToCheck)} à vérifier`;
}

/** Départements with somebody, the fullest first; the rest as one line. */
function departmentLines(departments: Readonly<Record<string, number>>): string[] {
  const LINES_MAX = 8;
  const filled = Object.entries(departments)
    .filter(([, count]) => count > 0)
    .sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1));
  const shown = filled
    .slice(0, LINES_MAX)
    .map(([code, count]) => `    ${code.padEnd(4)}${frenchNumber(count).padStart(8)}`);
  const rest = filled.slice(LINES_MAX);
  if (rest.length === 0) return shown;
  const people = rest.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...shown,
    `    et ${counted(people, 'jeune')} dans ${counted(rest.length, 'autre liste', 'autres listes')}`,
  ];
}
