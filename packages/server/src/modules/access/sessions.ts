import type { Role } from '@raccroche/contract';
import type { Database } from '../../platform/postgres/database.ts';

const SESSION_HOURS = 10;

/** Signs a person in; gives the token, which is kept nowhere. */
export async function openSession(database: Database, personId: string): Promise<string> {
  return database.transaction({ role: 'raccroche_door' }, async (transaction) => {
    const { rows } = await transaction.query<{ token: string }>(
      'SELECT access.open_session($1, $2) AS token',
      [personId, SESSION_HOURS],
    );
    const [row] = rows;
    if (!row) throw new Error('no session was opened');
    return row.token;
  });
}

/** Signs out; does nothing for a token that opens nothing. */
export async function endSession(database: Database, token: string): Promise<void> {
  await database.transaction({ role: 'raccroche_door' }, async (transaction) => {
    await transaction.query('SELECT access.end_session($1)', [token]);
  });
}

/** Somebody of the demonstration. */
export interface DemoPerson {
  readonly personId: string;
  readonly displayName: string;
  readonly role: Role;
  /** Name of their platform or organisation. */
  readonly place: string;
}

/** Those of the demonstration, whom a click signs in. People whom an identity provider knows are never among them. */
export async function listDemoPeople(database: Database): Promise<readonly DemoPerson[]> {
  return database.transaction({ role: 'raccroche_door' }, async (transaction) => {
    const { rows } = await transaction.query<{
      person_id: string;
      display_name: string;
      role: Role;
      place: string;
    }>('SELECT * FROM access.demo_people()');
    return rows.map((row) => ({
      personId: row.person_id,
      displayName: row.display_name,
      role: row.role,
      place: row.place,
    }));
  });
}
