import type { PartnerKind } from '@raccroche/contract';
import type { FastifyInstance } from 'fastify';
import type { useServedWorld } from './served-world.ts';
import type { Call } from './test-api.ts';
import { day } from './test-day.ts';
import type { Somebody } from './test-world.ts';

type World = ReturnType<typeof useServedWorld>;

/** The establishment of a system of each kind that has one. */
export const SCHOOL_OF = { school: '0620001A', cfa: '0620003S' } as const;

const SCOPES = {
  mission_locale: ['situation.report', 'webhook.manage'],
  cfa: ['delivery.push'],
  school: ['case.signal'],
} as const satisfies Record<PartnerKind, readonly string[]>;

/** What `addPartner` answers, or the code of its refusal. */
export interface AddedPartner {
  readonly partnerId: string;
  readonly secretId: string;
  readonly secret: string;
  readonly prefix: string;
  readonly code?: string;
}

interface More {
  /** Over which platform of the world, of a mission locale. */
  readonly platform?: 'lens' | 'arras' | 'lille';
  /** Other establishments, of a school. */
  readonly alsoOver?: readonly string[];
  /** `designated`: the organisation of everybody. */
  readonly organisationId?: string;
  readonly headers?: Call['headers'];
}

/** Connects a system of that kind, in Lens or in its establishment. */
export async function addTestPartner(
  on: World,
  kind: PartnerKind,
  { platform = 'lens', alsoOver = [], organisationId, headers, ...more }: More,
  who: Somebody = 'diane',
): Promise<AddedPartner> {
  const territories =
    kind === 'mission_locale'
      ? [{ kind: 'platform', id: on.world[platform] }]
      : [SCHOOL_OF[kind], ...alsoOver].map((id) => ({ kind: 'establishment', id }));
  const { body } = await on.call('addPartner', who, {
    body: {
      kind,
      organisationId:
        kind === 'mission_locale' || organisationId === 'designated'
          ? on.world.organisation
          : await organisationOf(on, kind),
      name: `système ${kind}`,
      contact: 'contact@exemple.test',
      scopes: SCOPES[kind],
      territories,
      validFrom: day(),
      validTo: day(100),
      ...more,
    },
    ...(headers ? { headers } : {}),
  });
  return body as unknown as AddedPartner;
}

async function organisationOf(on: World, kind: PartnerKind): Promise<string> {
  const [there] = await on.owner<{ organisation_id: string }>(
    'SELECT organisation_id FROM access.organisations WHERE kind = $1 LIMIT 1',
    [kind],
  );
  if (there) return there.organisation_id;
  const [made] = await on.owner<{ organisation_id: string }>(
    'INSERT INTO access.organisations (kind, name) VALUES ($1, $1) RETURNING organisation_id',
    [kind],
  );
  return made?.organisation_id ?? '';
}

/** Asks a token as a system does: by the header, or by the form. */
export async function askToken(
  api: FastifyInstance,
  given: {
    readonly partnerId?: string;
    readonly secret?: string;
    readonly form?: Readonly<Record<string, string>>;
  },
) {
  const { partnerId, secret, form = {} } = given;
  const basic =
    partnerId === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${partnerId}:${secret}`).toString('base64')}` };
  const response = await api.inject({
    method: 'POST',
    url: '/api/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic },
    payload: new URLSearchParams({ grant_type: 'client_credentials', ...form }).toString(),
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.json<Record<string, unknown>>(),
  };
}

/** An access token of a system. */
export async function tokenOf(
  on: World,
  { partnerId, secret }: Pick<AddedPartner, 'partnerId' | 'secret'>,
): Promise<string> {
  return String((await askToken(on.server.api, { partnerId, secret })).body.access_token);
}
