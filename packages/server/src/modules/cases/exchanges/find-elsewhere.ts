import type { Finding, Followed } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { sortName } from '../../../kernel/sort-name.ts';
import type { Caller } from '../../access/index.ts';

/** SQLSTATE by which the base refuses one look-up too many. */
const TOO_MANY = 'RC429';

interface FoundRow {
  readonly finding_id: number;
  readonly platform_name: string | null;
  readonly department: string;
  readonly own_case: string | null;
  readonly closed: boolean;
}

export interface FoundElsewhere {
  /** Null when nobody was found: there is nobody to ask. */
  readonly findingId: number | null;
  readonly followed: Followed[];
}

/**
 * Which platforms of the whole country follow, or did, somebody of exactly these names and this birth date. The base itself counts,
 * writes the trail and tells whoever follows. Throws `bad_request` for names without a letter, `too_many_requests`.
 */
export async function findElsewhere({ transaction }: Caller, asked: Finding): Promise<FoundElsewhere> {
  const [family, first] = [sortName(asked.familyName), sortName(asked.firstName)];
  if (family === '' || first === '') throw new RaccrocheError('bad_request', 'Il faut un nom et un prénom.');
  const { rows } = await transaction
    .query<FoundRow>('SELECT * FROM cases.find_elsewhere($1, $2)', [`${family} ${first}`, asked.birthDate])
    .catch((error: unknown) => {
      throw isTooMany(error) ? tooMany() : error;
    });
  return {
    findingId: rows[0]?.finding_id ?? null,
    followed: rows.map((row) => ({
      platformName: row.platform_name,
      department: row.department,
      caseId: row.own_case,
      closed: row.closed,
    })),
  };
}

/**
 * Asks those who follow for access or for the transfer; for want of a platform, whoever coordinates the département. Gives how many
 * were asked, and the départements of those: none for a look-up of another day or person, nor for what waits for its answer.
 * Throws `not_allowed` for a platform that is not the caller's, `not_possible` for a transfer to none.
 */
export async function askOwner(
  { transaction }: Caller,
  {
    findingId,
    wanted,
    platform,
  }: {
    readonly findingId: number;
    readonly wanted: 'access' | 'transfer';
    readonly platform?: string | undefined;
  },
): Promise<{ asked: number; departments: string[] }> {
  const { rows } = await transaction.query<{ asked: number; departments: string[] }>(
    'SELECT asked, departments FROM cases.ask_owner($1, $2, $3)',
    [findingId, wanted, platform ?? null],
  );
  return rows[0] ?? { asked: 0, departments: [] };
}

const isTooMany = (error: unknown) => error instanceof Error && 'code' in error && error.code === TOO_MANY;
const tooMany = () =>
  new RaccrocheError(
    'too_many_requests',
    'Vous avez beaucoup cherché aujourd’hui. Reprenez demain, ou demandez à la coordination départementale.',
  );
