import {
  DECISION_EFFECTS,
  DECISION_FAULTS,
  INTAKE_ISSUES,
  type IntakeIssueDefinition,
} from '../packages/contract/src/index.ts';
import { EXIT_CODES } from '../packages/server/src/kernel/errors.ts';

/** What each exit code means to the person at the terminal. */
const EXIT_SENTENCES: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  ok: 'Tout s’est bien passé. Des lignes rejetées n’y changent rien.',
  failure: 'Défaut du programme : signalez-le (voir SECURITY.md si des données sont en jeu).',
  usage: 'Commande mal écrite, dossier inutilisable, ou mémoire insuffisante (voir `--memory`).',
  withheld: 'Listes retenues : il manque une source (voir `--allow-missing`).',
  invalid: 'Vérification en échec : un fichier ou une campagne n’est pas ce qu’il devrait être.',
  interrupted: 'Interrompu (Ctrl-C) : rien n’est publié ; la même commande reprend où elle en était.',
};

const INTRODUCTION = `# Codes

Page écrite par \`npm run docs\` à partir du code ; ne la modifiez pas à la main.

Les codes ne changent pas de sens : un programme peut s’y fier. Les phrases peuvent être améliorées.`;

type Issue = readonly [code: string, definition: IntakeIssueDefinition];

function issueTable(issues: readonly Issue[]): string {
  const rows = issues.map(([code, { message }]) => `| \`${code}\` | ${message.replaceAll('|', '\\|')} |`);
  return ['| code | ce qui est dit à l’émetteur |', '|---|---|', ...rows].join('\n');
}

function sentenceTable(sentences: Readonly<Record<string, string>>): string {
  const rows = Object.entries(sentences).map(([code, sentence]) => `| \`${code}\` | ${sentence} |`);
  return ['| code | ce qui est dit |', '|---|---|', ...rows].join('\n');
}

/** The text of docs/codes.md: every exit code, and everything that can be said of a file or a row, from the code itself. */
export function codesPage(): string {
  const issues: readonly Issue[] = Object.entries(INTAKE_ISSUES);
  const section = (
    title: string,
    scope: IntakeIssueDefinition['scope'],
    severity: IntakeIssueDefinition['severity'],
  ) =>
    `## ${title}\n\n${issueTable(issues.filter(([, it]) => it.scope === scope && it.severity === severity))}`;
  const exits = Object.entries(EXIT_CODES).map(
    ([name, code]) => `| ${code} | ${EXIT_SENTENCES[name as keyof typeof EXIT_CODES]} |`,
  );
  return `${[
    INTRODUCTION,
    `## Codes de sortie de la commande\n\n| code | sens |\n|---|---|\n${exits.join('\n')}`,
    section('Fichiers refusés : aucune de leurs lignes n’est lue', 'file', 'rejet'),
    section('Lignes rejetées : le reste du fichier est lu', 'row', 'rejet'),
    section('Avertissements sur un fichier : il est lu', 'file', 'avertissement'),
    section(
      'Avertissements sur une ligne : elle est lue, parfois sans le champ en cause',
      'row',
      'avertissement',
    ),
    `## Décisions sur les litiges : une ligne fautive, et rien du fichier n’est appliqué\n\n${sentenceTable(DECISION_FAULTS)}`,
    `## Décisions sur les litiges : ce que chacune est devenue (litiges/decisions.csv)\n\n${sentenceTable(DECISION_EFFECTS)}`,
  ].join('\n\n')}\n`;
}
