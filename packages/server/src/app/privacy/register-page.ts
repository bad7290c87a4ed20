import { RoleLabels } from '@raccroche/contract';
import type { DataCategory, ModuleRetention, TableDeclaration, Terms } from '../../kernel/retention.ts';
import { readersOf } from './readers.ts';
import { AboutLabels, CategoryLabels, endingText, termText } from './register-words.ts';

/** Classes of data and how long each lives, as a Markdown table. */
export function termsTable(retention: readonly ModuleRetention[], terms: Terms): string {
  const rows = retention
    .flatMap(({ classes }) => classes)
    .map(({ code, label, from, basis, adjustable, ending }) => {
      const term = terms.get(code);
      return `| \`${code}\` | ${label} | ${term ? termText(term) : 'sans délai'} | ${from} | ${endingText(ending)} | ${basis} | ${adjustable ? 'oui' : 'non'} |`;
    });
  return `| classe | données | durée | à compter de | ensuite | d’après | réglable |
|---|---|---|---|---|---|---|
${rows.join('\n')}`;
}

const declared = (retention: readonly ModuleRetention[]) =>
  retention.flatMap(({ tables }) => Object.entries(tables));

function tableText(schema: string, table: string, declaration: TableDeclaration): string {
  const { about, purpose, source, ends = [], columns } = declaration;
  const roles = readersOf(schema, table, declaration).map((role) => RoleLabels[role]);
  const readers =
    roles.length === 0
      ? 'personne par l’API ; le programme seul'
      : `${roles.join(', ')} — chacun sur son territoire (\`docs/acces.md\`)`;
  const rows = (Object.entries(columns) as [DataCategory, readonly string[]][]).flatMap(([category, names]) =>
    names.map((name) => `| \`${name}\` | ${CategoryLabels[category]} |`),
  );
  return `### \`${table}\`

- **Sur** : ${AboutLabels[about]}. **Pour** : ${purpose}.
- **Vient de** : ${source ?? ''}.
- **Qui peut lire** : ${readers}.
- **Finit par** : ${ends.map((code) => `\`${code}\``).join(', ')}.

| colonne | catégorie |
|---|---|
${rows.join('\n')}
`;
}

/** What every table about somebody holds, in the order of the modules. */
export function tablesText(schema: string, retention: readonly ModuleRetention[]): string {
  return declared(retention)
    .filter(([, { about }]) => about !== 'nobody')
    .map(([table, declaration]) => tableText(schema, table, declaration))
    .join('\n');
}

/**
 * The register of processing as far as the program knows it, in Markdown: GDPR art. 30. `schema`: schema.txt.
 * What only the organisation knows is left blank and said to be.
 */
export function registerPage(schema: string, retention: readonly ModuleRetention[], terms: Terms): string {
  const nobody = declared(retention)
    .filter(([, { about }]) => about === 'nobody')
    .map(([table, { purpose }]) => `| \`${table}\` | ${purpose} |`);
  return `<!-- Écrit par « npm run docs » d’après le schéma de la base et les déclarations des modules (retention.ts) : ne pas corriger à la main. -->
# Registre du traitement

Ce que le programme sait de l’article 30 du RGPD, colonne par colonne. Un contrôle du dépôt refuse une colonne qui n’est pas ici. « raccroche privacy register » l’écrit avec les durées réglées sur place. Il décrit la base des plateformes ; les fichiers d’une campagne (livraisons, dossier de sortie, registre des numéros) sont hors de la base, et leur durée est à fixer par qui la mène.

## À compléter par le responsable du traitement

Le programme ne le sait pas et ne l’invente pas : le responsable et, s’il y a lieu, les responsables conjoints ; le délégué à la protection des données ; la base légale retenue ; les sous-traitants et l’hébergeur ; les transferts hors de l’Union, s’il y en a.

## Durées

« Réglable » : par la variable RACCROCHE_CONSERVATION, par exemple \`cases.closed=P3Y\`. Une durée n’est pas une décision de droit : celles que le produit a choisies le disent.

${termsTable(retention, terms)}

Une sauvegarde garde ce qu’elle contient : leur rotation doit être plus courte que ces durées, et après une restauration la purge repasse.

## Données sur des personnes

${tablesText(schema, retention)}
## Tables qui ne disent rien de personne

| table | ce qu’elle tient |
|---|---|
${nobody.join('\n')}
`;
}
