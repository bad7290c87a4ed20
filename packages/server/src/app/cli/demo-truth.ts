import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithTruth, SITUATIONS, type SituationCode, type TruthComparison } from '@raccroche/synthetic';
import { z } from 'zod';
import type { DeathsComparison } from './demo-deaths.ts';

const ListFile = z.object({
  entries: z.array(
    z.object({ siei: z.string(), records: z.array(z.object({ file: z.string(), position: z.string() })) }),
  ),
});

export interface DemoComparison {
  readonly counts: TruthComparison;
  /** For people, in French. */
  readonly text: string;
  /** Somebody of the lists, to try `campaign explain` on; undefined when the lists are empty. */
  readonly exampleSiei: string | undefined;
}

const NUMBER = new Intl.NumberFormat('fr-FR');

/** Holds the lists of the demonstration against what truly happened. */
export function compareDemo(campaignFolder: string, truthFolder: string, ruleSet: string): DemoComparison {
  const lists = join(campaignFolder, 'lists');
  const entries = readdirSync(lists)
    .sort()
    .flatMap(
      (code) =>
        ListFile.parse(JSON.parse(readFileSync(join(lists, code, `liste-${code}.json`), 'utf8'))).entries,
    );
  const counts = compareWithTruth({ listed: entries, truthFolder, ruleSet });
  return { counts, text: comparisonText(counts), exampleSiei: entries[0]?.siei };
}

function comparisonText(counts: TruthComparison): string {
  const alone = counts.schoolRegistersAlone;
  const share = alone.listed === 0 ? 0 : Math.round((100 * alone.inTrainingElsewhere) / alone.listed);
  return [
    '',
    'Et la vérité ? (la région est fictive : on la connaît)',
    `  ${NUMBER.format(counts.trulyDroppedOut)} jeunes ont vraiment décroché : ${NUMBER.format(counts.found)} retrouvés, ${NUMBER.format(counts.missed)} manqués`,
    ...reasons(counts.missedBecause),
    `  ${NUMBER.format(counts.entries)} inscriptions sur les listes : ${NUMBER.format(counts.wronglyListed)} personnes de trop, ${NUMBER.format(counts.listedTwice)} en double`,
    ...reasons(counts.wronglyListedBecause),
    `  Une liste faite des seuls fichiers scolaires : ${NUMBER.format(alone.listed)} noms, dont ${NUMBER.format(alone.inTrainingElsewhere)} (${share} %) en formation ailleurs`,
  ].join('\n');
}

/** What the file of deaths changed, in one line. */
export function deathsText({
  listedWithoutFile,
  listed,
  listedToCheck,
  wronglyRemoved,
}: DeathsComparison): string {
  const checked = listedToCheck > 0 ? ` (${NUMBER.format(listedToCheck)} à vérifier, sans coordonnées)` : '';
  return (
    `  Personnes décédées sur les listes : ${NUMBER.format(listedWithoutFile)} sans le fichier des décès, ${NUMBER.format(listed)} avec lui${checked} ; ` +
    `${NUMBER.format(wronglyRemoved)} vivant retiré à tort`
  );
}

/** True situations of those missed or listed in error, the most frequent first. */
function reasons(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1))
    .slice(0, 4)
    .map(([code, count]) => `      ${NUMBER.format(count)} : ${SITUATIONS[code as SituationCode] ?? code}`);
}
