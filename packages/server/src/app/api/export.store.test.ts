import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { LILLE_COMMUNE, type Somebody } from '../testing/test-world.ts';

const RISKY = { siei: 'RISKY00000AA', familyName: '=HYPERLINK("x")', firstName: 'Awa' };
const IN_LILLE = people(1, 50).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
const at = useServedWorld([...people(3), RISKY, ...IN_LILLE]);
const { call, owner } = at;

const asked = (more: object = {}) => ({
  platform: at.world.lens,
  filter: { open: 'true' },
  columns: ['name', 'commune', 'referent'],
  format: 'csv',
  purpose: 'meeting',
  ...more,
});
const make = (who: Somebody, more: object = {}) => call('exportCases', who, { body: asked(more) });
const textOf = (content: unknown) => Buffer.from(String(content), 'base64').toString();
const termsOf = async (who: Somebody) =>
  (await call('exportTerms', who, { query: { platform: at.world.lens, open: 'true' } })).body;

describe('a list in a file', () => {
  test('is what one sees: the filter, the columns, and a head that says what for and who may use it', async () => {
    const { body, status } = await make('nadia');
    expect(status).toBe(200);
    expect(body).toMatchObject({ fileName: 'liste-2025-11-20.csv', count: 4 });
    const lines = textOf(body.content).split('\r\n');
    expect(lines[0]).toContain('lens, 4 personnes');
    expect(lines).toContain('Pour;préparer la réunion de la plateforme');
    expect(lines).toContain('À détruire au plus tard le;20/12/2025');
    const header = lines.indexOf('Nom;Nom d’usage;Prénoms;Âge;Commune;Référent');
    // Those whose names sort alike come in the order of their cases.
    expect(
      lines
        .slice(header + 1)
        .filter(Boolean)
        .sort(),
    ).toEqual([
      `"'=HYPERLINK(""x"")";;Awa;20;Lens;`,
      'NOM000000;;Awa;20;Lens;',
      'NOM000001;;Awa;20;Lens;',
      'NOM000002;;Awa;20;Lens;',
    ]);
  });

  test('a spreadsheet reads it back, texts as texts', async () => {
    const { body } = await make('nadia', { format: 'xlsx', columns: ['birth', 'name'] });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(String(body.content), 'base64') as never);
    const sheet = workbook.getWorksheet('Liste');
    expect(sheet?.getRow(1).getCell(1).value).toBe('Naissance');
    expect(sheet?.getRow(2).getCell(1).value).toEqual(new Date('2005-03-04T00:00:00.000Z'));
    expect(sheet?.getRow(2).getCell(2)).toMatchObject({ value: '=HYPERLINK("x")', formula: undefined });
    expect(workbook.getWorksheet('Usage')?.getRow(3).values).toContain(
      'préparer la réunion de la plateforme',
    );
  });

  test('of those chosen, only those that one may read', async () => {
    const ids = await owner<{ case_id: string }>(
      "SELECT case_id FROM cases.cases WHERE siei IN ('TEST000001AA', 'TEST000050AA')",
    );
    const { body } = await make('nadia', { cases: ids.map(({ case_id }) => case_id) });
    expect(body.count).toBe(1);
    expect(textOf(body.content)).not.toContain('NOM000050');
    expect((await make('nadia', { platform: at.world.lille })).body.code).toBe('not_possible');
  });

  test('is in the trail with its purpose and everybody in it, and counted against the day', async () => {
    const before = Number((await termsOf('paul')).left);
    expect(await termsOf('paul')).toMatchObject({ count: 4, perDay: 20, asked: false });
    await make('paul', { filter: { name: 'NOM' } });
    const [entry] = await owner<{ subjects: string[]; details: object; purpose: string }>(
      "SELECT subjects, details, purpose FROM audit.entries WHERE action = 'case.exported' AND actor = $1 ORDER BY position DESC LIMIT 1",
      [at.world.ids.paul],
    );
    expect(entry?.subjects).toHaveLength(3);
    expect(entry).toMatchObject({ purpose: 'follow_up', details: { purpose: 'meeting', format: 'csv' } });
    expect((await termsOf('paul')).left).toBe(before - 1);
  });

  test('asks for a second factor that is not old', async () => {
    await owner("UPDATE access.sessions SET kind = 'provider', strong = false WHERE person_id = $1", [
      at.world.ids.amine,
    ]);
    const { body } = await call('exportCases', 'amine', { body: asked({ platform: at.world.arras }) });
    expect(body.code).toBe('stronger_sign_in_needed');
  });

  test('beyond the quota it is refused and nothing is written', async () => {
    await owner("UPDATE access.quotas SET per_day = 1 WHERE kind = 'export'");
    expect((await make('diane')).status).toBe(200);
    const { body, status } = await make('diane');
    expect([status, body.code]).toEqual([429, 'quota_reached']);
    const written = await owner("SELECT FROM audit.entries WHERE action = 'case.exported' AND actor = $1", [
      at.world.ids.diane,
    ]);
    expect(written).toHaveLength(1);
    expect(await termsOf('diane')).toMatchObject({ perDay: 1, left: 0, asked: false, refusal: null });
  });
});

test('with an idempotency key, nothing of the file is kept: the same request makes it anew and counts', async () => {
  const headers = { 'idempotency-key': 'export-once-0001' };
  await owner("UPDATE access.quotas SET per_day = 20 WHERE kind = 'export'");
  const { left } = await termsOf('paul');
  const first = await call('exportCases', 'paul', { body: asked(), headers });
  const second = await call('exportCases', 'paul', { body: asked(), headers });
  expect([first.status, second.status, second.body.count]).toEqual([200, 200, 4]);
  expect((await termsOf('paul')).left).toBe(Number(left) - 2);
  expect(await owner('SELECT FROM cases.answers')).toEqual([]);
});
