import type { Permission, Purpose, Role, TerritoryKind } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';

/** A right in force of the caller, as the base computes it. */
export interface Right {
  /** Of somebody; the rights of a system bear `system:` and its kind instead, which nothing reads. */
  readonly role: Role;
  readonly organisationId: string;
  readonly territoryKind: TerritoryKind;
  readonly territoryId: string;
  readonly purpose: Purpose;
  readonly permission: Permission;
}

/** Who asks, for what, inside one transaction of the application's role: somebody, or the system of a partner. */
export interface Caller {
  readonly personId: string;
  readonly displayName: string;
  /** Rights for every purpose. */
  readonly rights: readonly Right[];
  /** The purpose under which this transaction works. */
  readonly purpose: Purpose;
  readonly transaction: Transaction;
  /** Adds to the trail, under the caller's own name and purpose. `subjects`: ids; `details`: codes and counts, no name. */
  record(
    action: string,
    subjects: readonly string[],
    details?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}

interface RightRow {
  readonly role: Role;
  readonly organisation_id: string;
  readonly territory_kind: TerritoryKind;
  readonly territory_id: string;
  readonly purpose: Purpose;
  readonly permission: Permission;
}

/** Of somebody who is signed in without any right in force. */
interface NoRight {
  readonly permission: null;
}

/**
 * Runs `work` as the person of the session, under row-level security, for the permission asked.
 * The purpose is the one that the caller declares, else the first for which the permission is held.
 * Throws `not_signed_in` without a session in force, `not_allowed` without the permission for that purpose,
 * `stronger_sign_in_needed` when a second factor is asked for and was not given lately.
 */
export async function withCaller<T>(
  database: Database,
  asked: {
    readonly token: string | undefined;
    readonly permission: Permission;
    readonly purpose?: Purpose | undefined;
    /** A second factor must have been given not long ago. */
    readonly stepUp?: boolean | undefined;
    /** The token is that of a partner's system; somebody's session is none, nor the other way round. */
    readonly system?: boolean | undefined;
  },
  work: (caller: Caller) => Promise<T>,
): Promise<T> {
  if (asked.token === undefined) throw asked.system ? noToken() : notSignedIn();
  const settings = { 'raccroche.session': asked.token };
  return database.transaction({ role: 'raccroche_app', settings }, async (transaction) => {
    const who = asked.system ? 'access.my_system()' : 'access.me()';
    const { rows } = await transaction.query<
      { person_id: string; display_name: string } & (RightRow | NoRight)
    >(`SELECT * FROM ${who} LEFT JOIN access.rights() ON true`);
    const [me] = rows;
    if (!me) throw asked.system ? noToken() : notSignedIn();
    const rights = rows.flatMap((row) => (row.permission === null ? [] : [toRight(row)]));
    const held = rights
      .filter(({ permission }) => permission === asked.permission)
      .map(({ purpose }) => purpose);
    const purpose = asked.purpose ?? held[0];
    if (purpose === undefined || !held.includes(purpose))
      throw new RaccrocheError('not_allowed', 'Vous n’avez pas ce droit.');
    if (asked.stepUp) await requireSecondFactor(transaction);
    await transaction.query("SELECT set_config('raccroche.purpose', $1, true)", [purpose]);
    return work({
      personId: me.person_id,
      displayName: me.display_name,
      rights,
      purpose,
      transaction,
      async record(action, subjects, details = {}) {
        await transaction.query('SELECT access.record($1, $2, $3)', [
          action,
          [...subjects],
          JSON.stringify(details),
        ]);
      },
    });
  });
}

async function requireSecondFactor(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ fresh: boolean }>(
    'SELECT access.has_fresh_second_factor() AS fresh',
  );
  if (!rows[0]?.fresh)
    throw new RaccrocheError(
      'stronger_sign_in_needed',
      'Cet acte demande un second facteur, donné depuis moins de dix minutes.',
    );
}

const notSignedIn = () =>
  new RaccrocheError('not_signed_in', 'Votre session est finie ou n’existe pas : connectez-vous.');

const noToken = () =>
  new RaccrocheError('not_signed_in', 'Ce jeton d’accès ne vaut pas, ou plus : demandez-en un autre.');

const toRight = (row: RightRow): Right => ({
  role: row.role,
  organisationId: row.organisation_id,
  territoryKind: row.territory_kind,
  territoryId: row.territory_id,
  purpose: row.purpose,
  permission: row.permission,
});
