import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryAnswer } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectFile } from '../../modules/sources/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { addTestPartner, SCHOOL_OF, tokenOf } from '../testing/test-partner.ts';

const on = useServedWorld([]);
const inbox = mkdtempSync(join(tmpdir(), 'raccroche-inbox-'));
let server: TestApi;
let token = '';
let partnerId = '';
beforeAll(async () => {
  const reach = 'public' as const;
  server = createTestApi(on.database, true, { partners: { serviceKey: Buffer.alloc(32), reach, inbox } });
  const made = await addTestPartner(on, 'cfa', {});
  ({ partnerId } = made);
  token = await tokenOf(on, made);
});
afterAll(async () => {
  await server.api.close();
  rmSync(inbox, { recursive: true, force: true });
});

const UAI: string = SCHOOL_OF.cfa;
const HEAD = 'identifiant_source;nom_famille;prenom1;sexe;date_naissance;uai;annee_scolaire;statut';
const row = (id: string, name: string, birth: string, uai = UAI) =>
  `${id};${name};Awa;F;${birth};${uai};2025-2026;apprenti`;
const csv = (...rows: string[]) => `${[HEAD, ...rows].join('\n')}\n`;
const GOOD = csv(row('1', 'NOM', '2006-03-04'), row('2', 'AUTRE', '2005-01-02'));

async function push(body: string, given: { uai?: string; type?: string; token?: string } = {}) {
  const response = await server.api.inject({
    method: 'POST',
    url: '/api/partner/deliveries',
    query: { uai: given.uai ?? UAI, schoolYear: '2025-2026', extractedOn: '2025-11-10' },
    headers: { authorization: `Bearer ${given.token ?? token}`, 'content-type': given.type ?? 'text/csv' },
    payload: body,
  });
  return {
    status: response.statusCode,
    body: response.json<DeliveryAnswer & { code?: string; detail?: string }>(),
  };
}
const kept = () => readdirSync(inbox, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

describe('a CFA’s tool deposits its effectifs', () => {
  test('which wait in the inbox for the next campaign, and are told what would be rejected of them', async () => {
    const body = csv(
      row('1', 'NOM', '2006-03-04'),
      row('2', '', '2005-01-02'),
      row('3', 'JEUNE', '2015-01-01'),
    );
    const answer = await push(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      kept: true,
      format: 'interchange-inscriptions',
      rows: 3,
      records: 1,
      rejects: 1,
      removedUnder16: 1,
    });
    expect(answer.body.problems).toMatchObject([{ severity: 'rejet', count: 1, positions: ['3'] }]);
    const path = join(inbox, partnerId, `${answer.body.deliveryId}.csv`);
    expect(readFileSync(path, 'utf8')).toBe(body);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { report } = await inspectFile(path, '2025-11-20');
    expect(report).toMatchObject({ uai: UAI, schoolYear: 2025, extractedOn: '2025-11-10', records: 1 });
    const trail = await on.owner<{ actor: string; purpose: string; details: object }>(
      "SELECT actor, purpose, details FROM audit.entries WHERE action = 'delivery.received'",
    );
    expect(trail).toEqual([
      { actor: partnerId, purpose: 'schooling', details: { rows: 3, records: 1, rejects: 1 } },
    ]);
  });

  test('once: the same file again, also at the same time, is answered alike', async () => {
    const before = kept().length;
    const [one, two] = await Promise.all([push(GOOD), push(GOOD)]);
    const third = await push(GOOD);
    expect([one.body.kept, two.body.kept].sort()).toEqual([false, true]);
    expect(new Set([one, two, third].map(({ body }) => body.deliveryId)).size).toBe(1);
    expect(kept()).toHaveLength(before + 2);
  });

  test('as effectifs v3 in JSON too, whose body is read as a file and never as a request', async () => {
    const learner = {
      nom_apprenant: 'NOM',
      prenom_apprenant: 'Awa',
      date_de_naissance_apprenant: '2006-03-04T00:00:00.000Z',
      statut_apprenant: 2,
      etablissement_formateur_uai: UAI,
      annee_scolaire: '2025-2026',
      date_inscription_formation: '2025-09-01',
    };
    const { status, body } = await push(JSON.stringify([learner]), { type: 'application/json' });
    expect({ status, format: body.format, rows: body.rows }).toEqual({
      status: 200,
      format: 'cfa-effectifs',
      rows: 1,
    });
  });

  test.each([
    ['no file of ours', 'bonjour', 'not_possible', /Fichier refusé/],
    ['another establishment', csv(row('1', 'NOM', '2006-03-04', '0590002G')), 'not_possible', /0590002G/],
    [
      'accompaniments, which are not a CFA’s',
      'identifiant_source;nom_famille;prenom1;sexe;date_naissance;structure_type;date_debut;statut\n1;NOM;Awa;F;2006-03-04;mission_locale;2025-01-01;actif\n',
      'not_possible',
      /effectifs de CFA/,
    ],
  ])('%s is not kept', async (_, text, code, told) => {
    const before = kept().length;
    const { status, body } = await push(text);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toMatch(told);
    expect(kept()).toHaveLength(before);
  });

  test('without any body, it is told like another file', async () => {
    const { statusCode } = await server.api.inject({
      method: 'POST',
      url: '/api/partner/deliveries',
      query: { uai: UAI, schoolYear: '2025-2026', extractedOn: '2025-11-10' },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(statusCode).toBe(422);
  });

  test('for its own establishment, with its own right, of a size', async () => {
    expect((await push(GOOD, { uai: '0620001A' })).status).toBe(404);
    expect((await push(GOOD, { token: '0'.repeat(64) })).status).toBe(401);
    const school = await tokenOf(on, await addTestPartner(on, 'school', {}));
    expect((await push(GOOD, { token: school })).status).toBe(403);
    expect((await push('x'.repeat(20 * 1024 * 1024 + 1))).status).toBe(400);
  });

  test('and nothing reads them again', async () => {
    const { body } = await push(GOOD);
    for (const url of [`/api/partner/deliveries/${body.deliveryId}`, '/api/partner/deliveries'])
      expect(
        (await server.api.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode,
      ).toBe(404);
  });
});
