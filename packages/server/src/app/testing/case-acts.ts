import type { CaseDetail, CaseRow, RouteName } from '@raccroche/contract';
import type { OpenedWorld } from './published-world.ts';
import { type Call, call as callApi, type TestApi } from './test-api.ts';
import type { Somebody } from './test-world.ts';

/** Calls of the tests on one case: each reads its version first, as a screen that was just opened. */
export function actsOn(server: TestApi, { world }: Pick<OpenedWorld, 'world'>) {
  const call = (name: RouteName, who: Somebody, given: Call = {}) =>
    callApi(server.api, name, { token: world.tokens[who], ...given });
  const open = async (caseId: string, who: Somebody = 'nadia') =>
    (await call('caseDetail', who, { params: { caseId } })).body as unknown as CaseDetail;
  return {
    call,
    open,
    /** The case of who bears this number, on the platform of Lens. */
    async caseOf(siei: string): Promise<CaseRow> {
      const { body } = await call('worklist', 'paul', { query: { platform: world.lens, limit: '200' } });
      const found = (body.cases as CaseRow[]).find((one) => one.siei === siei);
      if (!found) throw new Error(`no case ${siei}`);
      return found;
    },
    /** Acts on the version that is there now. */
    async act(name: RouteName, caseId: string, body: object = {}, who: Somebody = 'nadia') {
      const { version } = await open(caseId, 'paul');
      return call(name, who, { params: { caseId }, body: { version, ...body } });
    },
  };
}
