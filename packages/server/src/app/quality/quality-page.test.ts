import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { qualityPage } from './quality-page.ts';
import { qualityText } from './quality-text.ts';
import { SAMPLE_REPORT } from './testing/sample-report.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** The page as a tree; it is well-formed once what HTML leaves open is closed. */
function parse(html: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    for (const node of open) node.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(html.replace('<!doctype html>', '').replace(/<meta ([^>]*)>/g, '<meta $1/>')).close();
  return root;
}

const page = qualityPage(SAMPLE_REPORT);
const tree = parse(page);
const all = (name: string, from: Node = tree): Node[] =>
  from.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(name, child)]);

describe('the page', () => {
  it('says its language, its title, its width and where it begins, and loads nothing', () => {
    expect(all('html')[0]?.attributes.lang).toBe('fr');
    expect(all('title')[0]?.text).toBe('Ce que vaut la campagne au 15/11/2025');
    expect(all('meta').map(({ attributes }) => attributes.name)).toContain('viewport');
    expect(all('main')).toHaveLength(1);
    expect(all('a')[0]?.attributes.href).toBe(`#${all('main')[0]?.attributes.id}`);
    expect(all('script')).toEqual([]);
    expect(page).not.toMatch(/(?:src|href)="(?!#)|@import|url\(/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  it('has one first heading, and no level is skipped', () => {
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of all('a')) expect(ids).toContain(attributes.href?.slice(1));
  });

  it('has tables with a caption, whose every row and column is named, reached by keyboard', () => {
    const tables = all('table');
    expect(tables.length).toBeGreaterThanOrEqual(10);
    for (const table of tables) {
      expect(all('caption', table)[0]?.text).not.toBe('');
      for (const head of all('th', table)) expect(['row', 'col']).toContain(head.attributes.scope);
      const columns = all('th', all('thead', table)[0]).length;
      for (const row of all('tr', all('tbody', table)[0])) {
        expect(row.children).toHaveLength(columns);
        expect(row.children[0]?.attributes.scope).toBe('row');
      }
    }
    const scrolls = all('div').filter(({ attributes }) => attributes.class === 'scroll');
    expect(scrolls).toHaveLength(tables.length);
    for (const { attributes } of scrolls) expect(attributes).toMatchObject({ tabindex: '0', role: 'group' });
  });

  it('has a table that opens behind every chart, and each drawing says what it shows', () => {
    for (const drawing of all('svg')) {
      expect(drawing.attributes.role).toBe('img');
      expect(all('title', drawing)[0]?.text).not.toBe('');
      expect(all('desc', drawing)[0]?.text).not.toBe('');
    }
    for (const section of all('section')) {
      const charts = all('div', section).filter(({ attributes }) => attributes.class?.startsWith('chart'));
      if (charts.length === 0) continue;
      const behind = all('details', section);
      expect(behind.length, section.attributes.id).toBeGreaterThan(0);
      for (const details of behind) {
        expect(details.children[0]).toMatchObject({ name: 'summary', text: 'Les chiffres en tableau' });
        expect(all('tr', all('tbody', details)[0]).length).toBeGreaterThan(0);
      }
    }
    expect(all('div').filter(({ attributes }) => attributes.class?.startsWith('chart'))).toHaveLength(11);
  });

  it('tells every group and every cause in its tables, also those that the drawings leave out', () => {
    const rows = (section: string) =>
      all('section')
        .filter(({ attributes }) => attributes.id === section)
        .flatMap((one) => all('details', one).flatMap((details) => all('tr', all('tbody', details)[0])));
    expect(rows('by-department')).toHaveLength(30);
    expect(rows('by-department')[0]?.text).toMatch(/7,1.%.*\(1 \/ 14\)/);
    expect(rows('by-sender')[0]?.text).toMatch(/^extraction d’académie \(éducation nationale\), Besançon1/);
    expect(rows('by-name-group')).toHaveLength(3);
    expect(rows('missed').map(({ text }) => text)).toEqual([
      'ligne inexacterupture de contrat non diteCFA (effectifs)5083,3\u202F%',
      'inexpliqué––1016,7\u202F%',
    ]);
  });

  it('says which name groups differ, and only when they do', () => {
    expect(page).toMatch(
      /Des écarts se distinguent du hasard \(manqués.: Maghreb plus que toute la France, de 26,7.pt.;/,
    );
    expect(page).toContain('À émetteur égal, aucun groupe n’est désavantagé au-delà du hasard.');
    const [gap] = SAMPLE_REPORT.nameGroupGaps;
    const alike = qualityPage({
      ...SAMPLE_REPORT,
      nameGroupGaps: gap ? [{ ...gap, largest: null, surest: null }] : [],
    });
    expect(alike).toContain('Aucun écart entre groupes de noms ne se distingue du hasard');
  });

  it('says which name group is wronged at the same senders', () => {
    const surest = {
      group: 'vietnam',
      gap: 0.031,
      interval: { low: 0.004, high: 0.058 },
      distinguishable: true,
    };
    const harmed = qualityPage({
      ...SAMPLE_REPORT,
      nameGroupGaps: [],
      nameGroupHarms: [{ measure: 'wrong', groups: 3, surest }],
    });
    expect(harmed).toMatch(
      /À émetteur égal, un groupe est désavantagé au-delà du hasard \(listés à tort.: Viêt Nam, de 3,1.pt de plus que les autres\)/,
    );
    expect(harmed).toMatch(/<td[^>]*>Viêt Nam<\/td>/);
  });

  it('is the same, byte for byte, each time', () => {
    expect(qualityPage(SAMPLE_REPORT)).toBe(page);
  });

  it('of a campaign without error says so', () => {
    const { lists, causes } = SAMPLE_REPORT;
    const nobody = { count: 0, of: 10, rate: 0, interval: { low: 0, high: 0.3 } };
    const faultless = qualityPage({
      ...SAMPLE_REPORT,
      lists: { ...lists, missed: nobody, wronglyListed: nobody },
      causes: { ...causes, missed: [], wrong: [] },
    });
    expect(faultless).toContain('Personne n’est manqué.');
    expect(faultless).toContain('Personne n’est listé à tort.');
  });
});

describe('the text', () => {
  it('gives the same figures in a few lines', () => {
    const text = qualityText(SAMPLE_REPORT).replace(/[\u00A0\u202F]/g, ' ');
    expect(text).toMatch(
      /420 jeunes ont vraiment décroché : 360 retrouvés, 60 manqués \(14,3 %, entre 11,3 % et 18,0 %\)/,
    );
    expect(text).toMatch(/50 : ligne inexacte : rupture de contrat non dite \(CFA \(effectifs\)\)/);
    expect(text).toMatch(
      /30 des retrouvés sont listés dans un autre département que le leur \(8,3 %, entre .*habitent surtout : 21 Côte-d.Or 1, /,
    );
    expect(text).toMatch(
      /383 inscriptions sur les listes : 21 personnes de trop .*, 2 en double, 1 décédées/,
    );
    expect(text).toMatch(/manqués : 26,7 pt entre Maghreb et toute la France, .* : distinct de zéro/);
    expect(text).toMatch(/À émetteur égal, .*:\n {6}manqués : .* pour .* : ne se distingue pas de zéro/);
  });
});
