import type { RouteName } from '@raccroche/contract';
import { afterAll, beforeAll } from 'vitest';
import { type OpenedWorld, openPublishedWorld } from './published-world.ts';
import { type Call, call, createTestApi, type TestApi } from './test-api.ts';
import type { Listed } from './test-campaign.ts';
import type { Somebody } from './test-world.ts';

/** The world of the tests, published with a case for each of `listed` and served, for all the tests of a file. */
export function useServedWorld(listed: readonly Listed[]) {
  let opened: (OpenedWorld & { readonly server: TestApi }) | undefined;
  const served = () => {
    if (opened === undefined) throw new Error('the world opens before the first test');
    return opened;
  };
  beforeAll(async () => {
    const published = await openPublishedWorld(listed);
    opened = { ...published, server: createTestApi(published.database) };
  });
  afterAll(async () => {
    await served().server.api.close();
    await served().close();
  });
  return {
    get database() {
      return served().database;
    },
    get world() {
      return served().world;
    },
    get server() {
      return served().server;
    },
    call: (name: RouteName, who: Somebody, given: Call = {}) =>
      call(served().server.api, name, { token: served().world.tokens[who], ...given }),
    /** Runs as the owner of the base, whom no policy holds. */
    owner: <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
      served().database.transaction(
        {},
        async (transaction) => (await transaction.query<R>(sql, parameters)).rows,
      ),
  };
}
