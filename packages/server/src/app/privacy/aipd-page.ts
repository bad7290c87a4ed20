import { type Role, RoleLabels } from '@raccroche/contract';
import type { DataCategory, ModuleRetention, Terms } from '../../kernel/retention.ts';
import { readersOf } from './readers.ts';
import { termsTable } from './register-page.ts';
import { AboutLabels, CategoryLabels } from './register-words.ts';

/** Categories of data about whom, and who may read them. */
function categoriesTable(schema: string, retention: readonly ModuleRetention[]): string {
  const rows = new Map<string, Set<Role>>();
  for (const [table, declaration] of retention.flatMap(({ tables }) => Object.entries(tables))) {
    if (declaration.about === 'nobody') continue;
    for (const category of Object.keys(declaration.columns) as DataCategory[]) {
      if (category === 'nothing') continue;
      const key = `${AboutLabels[declaration.about]} | ${CategoryLabels[category]}`;
      const readers = rows.get(key) ?? new Set();
      for (const role of readersOf(schema, table, declaration)) readers.add(role);
      rows.set(key, readers);
    }
  }
  const lines = [...rows].map(
    ([key, roles]) =>
      `| ${key} | ${[...roles].map((role) => RoleLabels[role]).join(', ') || 'personne par l’API'} |`,
  );
  return `| sur | catégorie | qui peut lire, sur son territoire |
|---|---|---|
${lines.sort().join('\n')}`;
}

/**
 * `page` with its generated parts written anew; the rest is left as people wrote it. A part lies between
 * `<!-- début : NOM … -->` and `<!-- fin : NOM -->`. Throws for a page that lacks one.
 */
export function aipdPage(
  page: string,
  schema: string,
  retention: readonly ModuleRetention[],
  terms: Terms,
): string {
  const parts = {
    catégories: categoriesTable(schema, retention),
    durées: termsTable(retention, terms),
  };
  return Object.entries(parts).reduce((text, [name, written]) => {
    const [start, end] = [
      `<!-- début : ${name}, écrit par « npm run docs », ne pas corriger à la main -->\n`,
      `\n<!-- fin : ${name} -->`,
    ];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`the page has no part ${name}`);
    return text.slice(0, from + start.length) + written + text.slice(to);
  }, page);
}
