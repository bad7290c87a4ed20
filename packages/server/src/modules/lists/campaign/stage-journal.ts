import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stages of a campaign, in order. Each leaves its result on disk, so that a killed run goes on from the last one finished. */
export const STAGES = ['read', 'link', 'assess', 'number', 'list', 'seal'] as const;
export type Stage = (typeof STAGES)[number];

export const StageLabels = {
  read: 'Lecture des livraisons',
  link: 'Rapprochement des identités',
  assess: 'Examen des situations',
  number: 'Numéros SIEI',
  list: 'Écriture des listes',
  seal: 'Scellement',
} as const satisfies Record<Stage, string>;

/**
 * Remembers which stages are finished, for one set of inputs and parameters (`fingerprint`).
 * A journal made for other inputs is thrown away with everything beside it.
 */
export interface StageJournal {
  isDone(stage: Stage): boolean;
  /** What the stage said when it finished. */
  result<Result>(stage: Stage): Result;
  done(stage: Stage, result: unknown): void;
  /** Nothing is done any more: called before the folder goes, for a kill may leave a part of it. */
  forget(): void;
}

export function openStageJournal(workFolder: string, fingerprint: string): StageJournal {
  const identityFile = join(workFolder, 'campaign.json');
  const known = existsSync(identityFile) ? readFileSync(identityFile, 'utf8') : undefined;
  if (known !== fingerprint) {
    rmSync(workFolder, { recursive: true, force: true });
    mkdirSync(workFolder, { recursive: true });
    writeFileSync(identityFile, fingerprint);
  }
  const markerOf = (stage: Stage) => join(workFolder, `stage-${stage}.json`);
  return {
    isDone: (stage) => existsSync(markerOf(stage)),
    result: <Result>(stage: Stage) => JSON.parse(readFileSync(markerOf(stage), 'utf8')) as Result,
    done(stage, result) {
      // Written aside then renamed: a marker is there whole or not at all, whenever the process dies.
      const marker = markerOf(stage);
      writeFileSync(`${marker}.tmp`, JSON.stringify(result ?? null));
      renameSync(`${marker}.tmp`, marker);
    },
    forget: () => rmSync(identityFile, { force: true }),
  };
}
