import { FAILURE_LABELS } from '../packages/synthetic/src/failure-labels.ts';
import { FAILURE_MODES, type FailureMode } from '../packages/synthetic/src/failure-modes.ts';
import { LATE_DAYS } from '../packages/synthetic/src/failures.ts';

const INTRODUCTION = `# Défauts des émetteurs de la France inventée

Page écrite par \`npm run docs\` à partir du code (\`packages/synthetic/src/failure-modes.ts\`) ; ne la modifiez pas à la main.

Un taux est la chance de chaque occasion : une ligne, un séjour, une sortie, un nom d’usage… \`[inferred]\` veut dire que l’ordre de
grandeur est le nôtre, choisi pour que le défaut soit présent et se voie. Les paragraphes cités sont ceux du document du domaine
(\`domain.md\`, \`formats.md\`). \`truth/failure-modes.csv\` dit, d’un pays écrit, combien d’occasions il y a eu et combien de fois
chacun a frappé ; un test tient les deux à cinq écarts-types près. Ce qui est dit en retard vient, là où les mêmes gens sont suivis
de mois en mois, ${LATE_DAYS.low} à ${LATE_DAYS.high} jours après \`[inferred]\`.`;

const EXCEPTION = `Un seul défaut n’est pas tiré à un taux : dans le fichier des décès, le jour et le mois de naissance du premier mort du
pays pour qui cela fait une autre date sont inversés (\`day_month_swapped\`), pour qu’un petit pays en montre un. Les établissements
muets et les exports FREGATA sans dates sont des émetteurs entiers : une école hors contrat sur deux, un lycée agricole sur deux, un CFA agricole sur quatre
\`[inferred]\`.`;

const PERCENT = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 2 });

/** The text of docs/defauts.md: every fault of the invented senders, its rate and where that comes from, from the code itself. */
export function faultsPage(): string {
  const modes = Object.keys(FAILURE_MODES) as FailureMode[];
  const rows = modes.map((mode) => {
    const { rate, source } = FAILURE_MODES[mode];
    return `| ${FAILURE_LABELS[mode]} | \`${mode}\` | ${PERCENT.format(rate)} | ${source} |`;
  });
  const table = ['| défaut | code | taux | source |', '|---|---|---|---|', ...rows].join('\n');
  return `${[INTRODUCTION, table, EXCEPTION].join('\n\n')}\n`;
}
