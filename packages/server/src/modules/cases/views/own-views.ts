import { type NewView, OWN_VIEWS_MAX, type OwnView } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';

interface ViewRow {
  readonly view_id: string;
  readonly name: string;
  readonly search: string;
}

const toView = ({ view_id, name, search }: ViewRow): OwnView => ({ viewId: view_id, name, search });

/** The views that the caller keeps on a platform, by name. */
export async function listOwnViews({ transaction }: Caller, platform: string): Promise<OwnView[]> {
  const { rows } = await transaction.query<ViewRow>(
    'SELECT view_id, name, search FROM cases.own_views WHERE platform_id = $1 ORDER BY name COLLATE "C", view_id',
    [platform],
  );
  return rows.map(toView);
}

/** Keeps a view; of the same name, it takes the place of the former. Throws `not_found` for a platform of others, `not_possible`. */
export async function keepView(caller: Caller, { platform, name, search }: NewView): Promise<OwnView> {
  const { transaction, personId } = caller;
  const own = await transaction.query<{ own: boolean }>(
    "SELECT $1 IN (SELECT access.platforms_for('case.read')) AS own",
    [platform],
  );
  if (!own.rows[0]?.own)
    throw new RaccrocheError('not_found', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  const kept = await listOwnViews(caller, platform);
  if (kept.length >= OWN_VIEWS_MAX && !kept.some((one) => one.name === name))
    throw new RaccrocheError(
      'not_possible',
      `Vous avez déjà ${OWN_VIEWS_MAX} vues : retirez-en une d’abord.`,
    );
  const { rows } = await transaction.query<ViewRow>(
    `INSERT INTO cases.own_views (person_id, platform_id, name, search) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id, platform_id, name) DO UPDATE SET search = excluded.search, kept_on = excluded.kept_on
     RETURNING view_id, name, search`,
    [personId, platform, name, search],
  );
  const [row] = rows;
  if (!row) throw new Error('the view was not written');
  return toView(row);
}

/** Removes a view of the caller's own. Throws `not_found`. */
export async function dropView({ transaction }: Caller, viewId: string): Promise<{ removed: true }> {
  const { rowCount } = await transaction.query(
    'DELETE FROM cases.own_views WHERE view_id = $1 RETURNING view_id',
    [viewId],
  );
  if (rowCount === 0)
    throw new RaccrocheError('not_found', 'Cette vue n’existe pas, ou elle n’est pas à vous.');
  return { removed: true };
}
