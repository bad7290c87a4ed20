import type { NewPrivacyRequest, PrivacyRequest } from '@raccroche/contract';
import type { Clock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import type { Caller } from '../../modules/access/index.ts';
import {
  asOfficer,
  changeRequest,
  findExtract,
  getRequest,
  listRequests,
  openRequest,
} from '../../modules/privacy/index.ts';
import { findSubjects } from '../privacy/find-subject.ts';
import { STORE_RETENTION } from '../store/retention.ts';

interface Context {
  readonly clock: Clock;
}
interface OfRequest {
  readonly params: { readonly requestId: string };
}
const noCase = () => new RaccrocheError('not_found', 'Ce dossier n’existe pas, ou n’existe plus.');

/** Handlers of the routes on what people ask about their own data. */
export const PRIVACY_HANDLERS = {
  async findSubject(caller: Caller, { body }: { readonly body: Parameters<typeof findSubjects>[1] }) {
    const subjects = await asOfficer(caller, (officer) => findSubjects(officer, body));
    await caller.record(
      'privacy.searched',
      subjects.map(({ caseId }) => caseId),
    );
    return { subjects };
  },
  privacyRequests: async (caller: Caller, _: unknown, context: Context) => ({
    requests: await listRequests(caller, todayOf(context.clock)),
  }),
  async openPrivacyRequest(caller: Caller, { body }: { readonly body: NewPrivacyRequest }, context: Context) {
    const { rows } = await asOfficer(caller, (officer) =>
      officer.query('SELECT FROM cases.cases WHERE case_id = $1', [body.caseId]),
    );
    if (rows.length === 0) throw noCase();
    return openRequest(caller, body, todayOf(context.clock));
  },
  extendPrivacyRequest: (caller: Caller, { params }: OfRequest, context: Context) =>
    changeRequest(caller, params.requestId, { what: 'extended' }, todayOf(context.clock)),
  answerPrivacyRequest: (
    caller: Caller,
    {
      params,
      body,
    }: OfRequest & { readonly body: { readonly answer: NonNullable<PrivacyRequest['answer']> } },
    context: Context,
  ) =>
    changeRequest(
      caller,
      params.requestId,
      { what: 'answered', answer: body.answer },
      todayOf(context.clock),
    ),
  liftRestriction: (caller: Caller, { params }: OfRequest, context: Context) =>
    changeRequest(caller, params.requestId, { what: 'ended' }, todayOf(context.clock)),
  async privacyExtract(caller: Caller, { params }: OfRequest, context: Context) {
    const { kind, caseId } = await getRequest(caller, params.requestId, todayOf(context.clock));
    if (kind !== 'access')
      throw new RaccrocheError(
        'not_possible',
        'Seule une demande d’accès ouvre ce qui est tenu sur la personne.',
      );
    const extract = await asOfficer(caller, (officer) =>
      findExtract(officer, STORE_RETENTION, caseId, context.clock.now()),
    );
    if (!extract) throw noCase();
    await caller.record('privacy.extracted', [caseId, params.requestId]);
    return extract;
  },
};
