import { openTextFile } from '../../platform/files/text-file.ts';
import { EMPTY_LIST_NOTICE, type ListContext, type ListHead, type ListWriter } from './export-context.ts';

/**
 * `liste-DD.json`, formats.md §8. One entry a line, `siei` first, and `count` after them:
 * a later campaign reads the numbers of a long list line by line, and knows that it has them all.
 */
export function openJsonList(path: string, context: ListContext, head: ListHead): ListWriter {
  const file = openTextFile(path);
  let count = 0;
  file.write(jsonListStart(context, head));
  return {
    add(rows) {
      for (const { text } of rows) file.write(`${count++ === 0 ? '' : ','}\n${text}`);
    },
    close() {
      file.write(`${count === 0 ? '' : '\n'}${jsonListEnd(count)}`);
      file.close();
    },
  };
}

/** What stands before the lines of entries, each of which but the last ends with a comma. */
export function jsonListStart(context: ListContext, head: ListHead): string {
  return `${headText(context, head)},\n"entries": [`;
}

/** What stands after them. */
export function jsonListEnd(count: number): string {
  const notice = count === 0 ? `,\n"notice": ${JSON.stringify(EMPTY_LIST_NOTICE)}` : '';
  return `],\n"count": ${count}${notice}\n}\n`;
}

/** What stands before the entries, one property a line, without the closing brace. */
function headText({ campaign, asOf, ruleSet, sources, missingSources }: ListContext, head: ListHead): string {
  const { id, version, parameters } = ruleSet;
  const properties = {
    campaign,
    asOf,
    ruleSet: { id, version, parameters },
    department: head.department,
    departmentName: head.departmentName,
    sources,
    missingSources,
  };
  const lines = Object.entries(properties).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}`;
}
