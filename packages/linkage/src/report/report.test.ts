import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exactMatch } from '../levels/levels.ts';
import { defineModel } from '../model/model.ts';
import { linkageReport } from './report.ts';
import { fullReport } from './testing/small-report.ts';

const PLAIN = linkageReport(fullReport('Léa'));

/** What a browser would take as markup. */
function tags(page: string, name: string): readonly string[] {
  return page.match(new RegExp(`<${name}[\\s>][^>]*>?`, 'g')) ?? [];
}

test('the same input gives the same bytes, whatever was drawn before', () => {
  linkageReport({ model: defineModel({ comparisons: [exactMatch('x')] }) });
  expect(linkageReport(fullReport('Léa')) === PLAIN).toBe(true);
});

describe('hostile values', () => {
  test.each([
    ['a script', '<script>alert(1)</script>', /<script>alert/],
    ['the end of an attribute', '" onload="alert(1)', /" onload="/],
    ['a single quote', "' onload='alert(1)", /' onload='/],
    ['the end of a title', '</title></svg><img src=x onerror=alert(1)>', /<img/],
    ['the end of a comment and of a section', ']]>--><b>', /]]>|--><b>/],
    ['an entity', '&lt;b&gt;', /[^;]&lt;b&gt;/],
    ['direction marks', 'ab\u202Ecd\u2066', /[\u202A-\u202E\u2066-\u2069]/],
    ['control characters', 'a\u0000b\u0008c\u001B[31m\u0085', /(?!\n)\p{Cc}/u],
    ['half a character', 'a\uD83Db', /\uD83D(?![\uDC00-\uDFFF])/],
    ['a replacement pattern', "$& $1 $'", /\$1 \$'/],
  ])('%s changes nothing but the text', (_, hostile, forbidden) => {
    const page = linkageReport(fullReport(hostile));
    expect(forbidden.exec(page)?.[0]).toBeUndefined();
    for (const name of ['script', 'img', 'svg', 'section', 'title', 'table', 'style', 'b', 'details']) {
      expect(tags(page, name), name).toHaveLength(tags(PLAIN, name).length);
    }
    const withoutValues = page.replace(/="[^"]*"/g, '');
    expect(/<[^>]*\son[a-z]+/.exec(withoutValues)?.[0]).toBeUndefined();
  });

  test('what is hidden can be seen, and Arabic stays Arabic', () => {
    const page = linkageReport(fullReport('عمر\u202E\u200D'));
    expect(page.includes('<bdi>عمر[U+202E][U+200D]</bdi>')).toBe(true);
  });
});

test('nothing is loaded, and only the script of the page may run', () => {
  const own = PLAIN.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
  expect(/https?:|\bsrc=|@import|url\((?!#)/.exec(own)?.[0]).toBeUndefined();
  expect(tags(PLAIN, 'link')).toEqual([]);
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(PLAIN) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(PLAIN) ?? [];
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

describe('those who do not see or do not use a mouse', () => {
  test('every drawing has a name and a description, and ids are unique', () => {
    const drawings = PLAIN.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(20);
    for (const drawing of drawings) {
      const [, title, description] = /aria-labelledby="(\S+) (\S+)"/.exec(drawing) ?? [];
      expect(drawing).toMatch(
        new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`),
      );
    }
    const ids = [...PLAIN.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every figure stands before a table, and headings go down one by one', () => {
    const headings = [...PLAIN.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(headings[0]).toBe(1);
    for (const [index, level] of headings.entries())
      expect(level - (headings[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const section of PLAIN.match(/<section[\s\S]*?<\/section>/g) ?? []) {
      if (section.includes('<svg'))
        expect(section, section.slice(0, 60)).toMatch(/<details class="data"><summary>[\s\S]*<table>/);
    }
  });

  test('contents lead to every section', () => {
    const targets = [...PLAIN.matchAll(/<li><a href="#([^"]+)"/g)].map(([, id]) => id);
    const sections = [...PLAIN.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toEqual(sections);
    expect(sections).toHaveLength(13);
  });
});

describe('personal values', () => {
  test('a model alone shows none, and says nothing of them', () => {
    const page = linkageReport({ model: fullReport('x').model });
    expect(page).not.toContain('personal data');
    expect(page).not.toContain('id="pairs"');
  });

  test.each([
    ['pairs', { pairs: fullReport('x').pairs ?? [] }],
    ['keys of blocks', { blocking: fullReport('x').blocking ?? [] }],
  ])('%s are announced at the beginning', (_, given) => {
    const page = linkageReport({ model: fullReport('x').model, ...given });
    expect(page.indexOf('personal data')).toBeGreaterThan(0);
    expect(page.indexOf('personal data')).toBeLessThan(page.indexOf('<main'));
  });
});

test('in French when asked for, with its numbers', () => {
  const page = linkageReport({ ...fullReport('Léa'), language: 'fr' });
  expect(page).toContain('<html lang="fr">');
  expect(page).toContain('719\u202F400');
  expect(page).not.toMatch(/The figures as a table|Match weights|Pairs explained/);
  expect(PLAIN).toContain('719,400');
});
