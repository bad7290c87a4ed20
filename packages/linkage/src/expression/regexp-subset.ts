/**
 * The part of regular expressions that RE2 (the engine) and JavaScript read alike. Patterns outside it run in SQL only;
 * so do those on which JavaScript, unlike RE2, can take forever: a repeated group with a choice or repetition inside.
 */
const known = new Map<string, RegExp | undefined>();

/** A pattern of RE2 as JavaScript, with the flags `g` and `u`; undefined when it is outside the common part. */
export function javaScriptPattern(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, translate(pattern));
  return known.get(pattern);
}

/** RE2's blanks: JavaScript counts more characters as such. */
const BLANKS = '\\t\\n\\f\\r ';
const SAME_ESCAPE = /^\\(?:[dDwWbBtnfrv]|x[0-9A-Fa-f]{2}|[pP]\{[A-Z][a-z]?\}|[\^$\\.*+?()[\]{}|/-])/;

function translate(pattern: string): RegExp | undefined {
  let out = '';
  let inClass = false;
  for (let index = 0; index < pattern.length; ) {
    const rest = pattern.slice(index);
    const token = readToken(rest, inClass);
    if (token === undefined) return undefined;
    out += token.text;
    index += token.length;
    if (token.length === 1 && rest[0] === '[') inClass = true;
    if (token.length === 1 && rest[0] === ']') inClass = false;
  }
  if (hasDangerousGroup(out)) return undefined;
  try {
    return new RegExp(out, 'gu');
  } catch {
    return undefined;
  }
}

interface Token {
  readonly text: string;
  readonly length: number;
}

function readToken(rest: string, inClass: boolean): Token | undefined {
  const one = rest[0] ?? '';
  if (one === '\\') return readEscape(rest, inClass);
  if (inClass) return one === '[' ? undefined : { text: one, length: 1 };
  if (one === '.') return { text: '[^\\n]', length: 1 };
  if (rest.startsWith('(?') && !rest.startsWith('(?:')) return undefined;
  return { text: one, length: 1 };
}

function readEscape(rest: string, inClass: boolean): Token | undefined {
  if (rest.startsWith('\\s')) return { text: inClass ? BLANKS : `[${BLANKS}]`, length: 2 };
  if (rest.startsWith('\\S')) return inClass ? undefined : { text: `[^${BLANKS}]`, length: 2 };
  if (inClass && /^\\[bB]/.test(rest)) return undefined;
  const text = SAME_ESCAPE.exec(rest)?.[0];
  return text === undefined ? undefined : { text, length: text.length };
}

/** A group that is repeated and holds a repetition or a choice. */
function hasDangerousGroup(pattern: string): boolean {
  const bare = pattern
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replaceAll('(?:', '(');
  const open: number[] = [];
  for (let index = 0; index < bare.length; index++) {
    if (bare[index] === '(') open.push(index);
    if (bare[index] !== ')') continue;
    const inside = bare.slice(open.pop() ?? 0, index);
    if (/[*+{|]/.test(inside) && /[*+{]/.test(bare[index + 1] ?? '')) return true;
  }
  return false;
}

/** Number of groups that capture. */
export function groupCount(pattern: RegExp): number {
  return (new RegExp(`${pattern.source}|`, 'u').exec('')?.length ?? 1) - 1;
}
