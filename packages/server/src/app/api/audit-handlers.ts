import { existsSync, readFileSync } from 'node:fs';
import type { AUDIT_ROUTES } from '@raccroche/contract';
import { findProfessionals, readTrailState, searchTrail } from '../../modules/access/index.ts';
import { readLastVerification } from '../../modules/jobs/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import { aipdPage } from '../privacy/aipd-page.ts';
import { registerPage } from '../privacy/register-page.ts';
import { endingText, termText } from '../privacy/register-words.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import type { ApiContext, GuardedHandlers } from './handler-types.ts';

const SCHEMA = new URL('../../../schema.txt', import.meta.url);
const IMPACT = new URL('../../../../../docs/aipd.md', import.meta.url);

const termsOf = ({ terms }: ApiContext) => terms ?? readTerms(STORE_RETENTION, undefined);
const NO_STATE = { entries: 0, lastAt: null, seals: 0, sealed: null } as const;

/** Data protection looks into the trail, and at what it answers for. */
export const AUDIT_HANDLERS: GuardedHandlers<keyof typeof AUDIT_ROUTES> = {
  auditPeople: async (caller, { query }) => ({ people: await findProfessionals(caller, query.q) }),
  auditSearch: (caller, { query }) => searchTrail(caller, query),
  trailState: async (caller) => ({
    ...((await readTrailState(caller)) ?? NO_STATE),
    verified: await readLastVerification(caller),
  }),
  async retentionTerms(_caller, _input, context) {
    const terms = termsOf(context);
    return {
      classes: STORE_RETENTION.flatMap(({ classes }) => classes).map((one) => {
        const term = terms.get(one.code);
        return {
          code: one.code,
          label: one.label,
          term: term ? termText(term) : null,
          from: one.from,
          ending: endingText(one.ending).replaceAll('*', ''),
          basis: one.basis,
          adjustable: one.adjustable,
        };
      }),
    };
  },
  async processingPages(_caller, _input, context) {
    const terms = termsOf(context);
    const schema = readFileSync(SCHEMA, 'utf8');
    return {
      register: registerPage(schema, STORE_RETENTION, terms),
      impact: existsSync(IMPACT)
        ? aipdPage(readFileSync(IMPACT, 'utf8'), schema, STORE_RETENTION, terms)
        : '',
    };
  },
};
