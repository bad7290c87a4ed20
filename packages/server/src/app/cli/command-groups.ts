import type { Command } from 'commander';

export type AddCommands = (program: Command, setExitCode: (code: number) => void) => void;

/** Commands that are loaded together. */
export interface CommandGroup {
  /** By their words; a command with commands of its own stands for all of them (`db`), unless they are in several groups. */
  readonly commands: readonly string[];
  add(): Promise<AddCommands>;
}

/** Every group, in the order in which help tells their commands. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    commands: [
      ...['run', 'what-if', 'show', 'explain', 'verify'].map((name) => `campaign ${name}`),
      // Those below add to `campaign`: it must be there.
      ...['publish', 'take-back', 'decisions'].map((name) => `campaign ${name}`),
      'trace',
    ],
    add: async () => (await import('../../modules/lists/commands.ts')).addListsCommands,
  },
  { commands: ['campaign publish'], add: async () => (await import('./publish.ts')).addPublishCommand },
  { commands: ['campaign take-back'], add: async () => (await import('./take-back.ts')).addTakeBackCommand },
  { commands: ['campaign decisions'], add: async () => (await import('./decisions.ts')).addDecisionsCommand },
  {
    commands: ['delivery'],
    add: async () => (await import('../../modules/sources/commands.ts')).addSourcesCommands,
  },
  { commands: ['demo'], add: async () => (await import('./demo.ts')).addDemoCommand },
  { commands: ['synthetic'], add: async () => (await import('./synthetic.ts')).addSyntheticCommands },
  { commands: ['quality'], add: async () => (await import('./quality.ts')).addQualityCommand },
  { commands: ['db'], add: async () => (await import('./db.ts')).addDbCommands },
  { commands: ['access'], add: async () => (await import('./access.ts')).addAccessCommands },
  { commands: ['audit'], add: async () => (await import('./audit.ts')).addAuditCommands },
  { commands: ['privacy'], add: async () => (await import('./privacy.ts')).addPrivacyCommands },
  { commands: ['serve'], add: async () => (await import('./serve.ts')).addServeCommand },
  { commands: ['worker', 'jobs'], add: async () => (await import('./worker.ts')).addWorkerCommands },
];
