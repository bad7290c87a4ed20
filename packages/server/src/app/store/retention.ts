import type { ModuleRetention } from '../../kernel/retention.ts';
import { ACCESS_RETENTION } from '../../modules/access/index.ts';
import { AUDIT_RETENTION } from '../../modules/audit/index.ts';
import { CASES_RETENTION } from '../../modules/cases/index.ts';
import { CONTACTS_RETENTION } from '../../modules/contacts/index.ts';
import { JOBS_RETENTION } from '../../modules/jobs/index.ts';
import { LISTS_RETENTION } from '../../modules/lists/index.ts';
import { PARTNERS_RETENTION } from '../../modules/partners/index.ts';
import { PRIVACY_RETENTION } from '../../modules/privacy/index.ts';

/** What every module says of its tables, in their order. A table that nobody declares is a red guard. */
export const STORE_RETENTION: readonly ModuleRetention[] = [
  AUDIT_RETENTION,
  ACCESS_RETENTION,
  JOBS_RETENTION,
  PRIVACY_RETENTION,
  PARTNERS_RETENTION,
  LISTS_RETENTION,
  CASES_RETENTION,
  CONTACTS_RETENTION,
];
