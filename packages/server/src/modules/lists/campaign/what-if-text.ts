import { counted, frenchDate } from './french.ts';
import type { WhatIf, WhatIfMove, WhatIfSide } from './what-if.ts';

/** A comparison for a person at a terminal: the two sides, then who would enter and leave, by condition and département. */
export function whatIfText(found: WhatIf): string {
  return [
    '',
    sideLine('Campagne', found.campaign),
    sideLine('Essai   ', found.trial),
    ...(found.sameFiles
      ? []
      : [
          '  Attention : les fichiers ne sont plus ceux de la campagne, une part de la différence vient d’eux.',
        ]),
    '',
    `  ${counted(found.stay, 'jeune resterait', 'jeunes resteraient')} sur la même liste, ${counted(found.move.length, 'changerait', 'changeraient')} de département.`,
    '',
    `  ${counted(found.enter.length, 'jeune entrerait', 'jeunes entreraient')}. Condition qui les écarte aujourd’hui :`,
    ...conditionLines(found.enter),
    '',
    `  ${counted(found.leave.length, 'jeune sortirait', 'jeunes sortiraient')}. Condition qui ne serait plus remplie :`,
    ...conditionLines(found.leave),
    ...departmentLines(found),
    '',
    '  Rien n’a changé : ni la campagne, ni le registre. --json donne les numéros SIEI.',
  ].join('\n');
}

function sideLine(name: string, { asOf, ruleSet, listed }: WhatIfSide): string {
  return `${name}  au ${frenchDate(asOf)}, règles ${ruleSet} : ${counted(listed, 'jeune')} sur les listes`;
}

function conditionLines(moves: readonly WhatIfMove[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of moves) counts.set(label, (counts.get(label) ?? 0) + 1);
  const sorted = [...counts].sort(([labelA, a], [labelB, b]) => b - a || (labelA < labelB ? -1 : 1));
  return sorted.length === 0
    ? ['        personne']
    : sorted.map(([label, count]) => `    ${String(count).padStart(8)}  ${label}`);
}

const DEPARTMENTS_MAX = 10;

function departmentLines({ enter, leave }: WhatIf): string[] {
  const count = (moves: readonly WhatIfMove[], code: string) =>
    moves.filter(({ department }) => department === code).length;
  const rows = [...new Set([...enter, ...leave].map(({ department }) => department))]
    .map((code) => ({ code, entering: count(enter, code), leaving: count(leave, code) }))
    .sort((a, b) => b.entering + b.leaving - a.entering - a.leaving || (a.code < b.code ? -1 : 1));
  if (rows.length === 0) return [];
  const more = rows.length - DEPARTMENTS_MAX;
  return [
    '',
    '  Par département     entrent   sortent',
    ...rows
      .slice(0, DEPARTMENTS_MAX)
      .map(
        ({ code, entering, leaving }) =>
          `    ${code.padEnd(14)}${String(entering).padStart(11)}${String(leaving).padStart(10)}`,
      ),
    ...(more > 0 ? [`    et ${counted(more, 'autre département', 'autres départements')}`] : []),
  ];
}
