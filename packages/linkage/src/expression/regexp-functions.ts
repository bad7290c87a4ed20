import type { Expression } from './expression.ts';
import { type Catalogue, literalText, plainCall } from './function-definition.ts';
import { groupCount, javaScriptPattern } from './regexp-subset.ts';

function hasPattern(args: readonly Expression[], most: number): boolean {
  const pattern = literalText(args[1]);
  return pattern !== undefined && javaScriptPattern(pattern) !== undefined && args.length <= most;
}

function matches(text: string, pattern: string): RegExpExecArray | null {
  const regexp = javaScriptPattern(pattern);
  if (regexp === undefined) return null;
  regexp.lastIndex = 0;
  return regexp.exec(text);
}

/** The whole match or a group; an empty text when there is none, as the engine has it. */
function extract(text: string, pattern: string, group: number): string {
  return matches(text, pattern)?.[group] ?? '';
}

/** RE2's replacement: `\1` is a group, and no empty match follows another match directly. */
function replaceMatches(text: string, pattern: string, rewrite: string, all: boolean): string {
  const regexp = javaScriptPattern(pattern);
  if (regexp === undefined) return text;
  let [out, place, lastEnd] = ['', 0, -1];
  while (place <= text.length) {
    regexp.lastIndex = place;
    const match = regexp.exec(text);
    if (match === null) break;
    out += text.slice(place, match.index);
    const end = match.index + match[0].length;
    if (match[0] === '' && match.index === lastEnd) {
      const skipped = String.fromCodePoint(text.codePointAt(end) ?? 0);
      if (end >= text.length) break;
      out += skipped;
      place = end + skipped.length;
      continue;
    }
    out += rewrite.replace(/\\([0-9\\])/g, (_, key: string) =>
      key === '\\' ? key : (match[Number(key)] ?? ''),
    );
    place = end;
    lastEnd = end;
    if (!all) break;
  }
  return out + text.slice(place);
}

/** The engine leaves the text as it is when a rewrite is not sound: no twin for those. */
function hasRewrite(args: readonly Expression[]): boolean {
  const [pattern, rewrite, options] = [literalText(args[1]), literalText(args[2]), literalText(args[3])];
  const regexp = pattern === undefined ? undefined : javaScriptPattern(pattern);
  if (regexp === undefined || rewrite === undefined) return false;
  if (args.length > 3 && options !== 'g' && options !== '') return false;
  const groups = groupCount(regexp);
  const keys = rewrite.match(/\\.?/g) ?? [];
  return keys.every((key) => key === '\\\\' || (/^\\\d$/.test(key) && Number(key[1]) <= groups));
}

/** Regular expressions. The twin wants a literal pattern of the part that RE2 and JavaScript share. */
export const REGEXP_FUNCTIONS: Catalogue = {
  regexp_matches: {
    sql: plainCall('regexp_matches'),
    evaluate: (a, pattern) => matches(String(a), String(pattern)) !== null,
    cost: 40,
    hasTwin: (args) => hasPattern(args, 2),
  },
  regexp_full_match: {
    sql: plainCall('regexp_full_match'),
    evaluate: (a, pattern) => matches(String(a), `^(?:${String(pattern)})$`) !== null,
    cost: 40,
    hasTwin: (args) => hasPattern(args, 2),
  },
  // Gives '' where nothing matches: wrap it in `nullif(…, '')`, else two failures agree (`extracted`).
  regexp_extract: {
    sql: plainCall('regexp_extract'),
    evaluate: (a, pattern, group = 0) => extract(String(a), String(pattern), Number(group)),
    cost: 40,
    hasTwin: (args) => hasPattern(args, 3) && (args[2] === undefined || isGroupOf(args)),
  },
  regexp_replace: {
    sql: plainCall('regexp_replace'),
    evaluate: (a, pattern, rewrite, options = '') =>
      replaceMatches(String(a), String(pattern), String(rewrite), options === 'g'),
    cost: 40,
    hasTwin: hasRewrite,
  },
};

/** A group by number, that the pattern has. */
function isGroupOf([, pattern, group]: readonly Expression[]): boolean {
  const regexp = javaScriptPattern(literalText(pattern) ?? '');
  const number = group?.kind === 'literal' ? group.value : undefined;
  return typeof number === 'number' && regexp !== undefined && number <= groupCount(regexp);
}
