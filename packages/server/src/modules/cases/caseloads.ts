import {
  CASELOAD_DEFAULTS,
  type CaseloadLimits,
  type Caseloads,
  type OverloadReason,
} from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import { type Caller, listColleagues } from '../access/index.ts';

/** What counts: an open case of somebody to follow. */
const FOLLOWED = "pathway <> 'closed' AND verification <> 'refuted'";
/** Two who assign to one person at once wait for each other: the second counts what the first gave. */
const ASSIGNING = 7_271_639;

interface StoredLimits extends CaseloadLimits {
  readonly byDefault: boolean;
}

async function readLimits({ transaction }: Caller, platform: string): Promise<StoredLimits> {
  const { rows } = await transaction.query<CaseloadLimits>(
    'SELECT recommended, maximum FROM cases.caseload_limits WHERE platform_id = $1',
    [platform],
  );
  const [found] = rows;
  return found ? { ...found, byDefault: false } : { ...CASELOAD_DEFAULTS, byDefault: true };
}

async function requirePlatform({ transaction }: Caller, platform: string): Promise<void> {
  const { rows } = await transaction.query<{ own: boolean }>(
    "SELECT $1::UUID IN (SELECT access.platforms_for('case.assign')) AS own",
    [platform],
  );
  if (!rows[0]?.own)
    throw new RaccrocheError('not_found', 'Cette plateforme n’existe pas, ou vous n’en répondez pas.');
}

/** How many open cases each follows on a platform, by name; nothing about a young person. Throws `not_found`. */
export async function readCaseloads(caller: Caller, platform: string): Promise<Caseloads> {
  await requirePlatform(caller, platform);
  const limits = await readLimits(caller, platform);
  const { rows } = await caller.transaction.query<{ referent: string | null; open: number }>(
    `SELECT referent, count(*) AS open FROM cases.cases WHERE platform_id = $1 AND ${FOLLOWED} GROUP BY referent ORDER BY referent`,
    [platform],
  );
  const counts = new Map(rows.map(({ referent, open }) => [referent, open]));
  const colleagues = await listColleagues(caller, platform);
  const gone = rows.flatMap(({ referent }) =>
    referent === null || colleagues.some(({ personId }) => personId === referent) ? [] : [referent],
  );
  return {
    ...limits,
    referents: [
      ...colleagues.map((one) => ({ ...one, open: counts.get(one.personId) ?? 0 })),
      ...gone.map((personId) => ({ personId, displayName: null, open: counts.get(personId) ?? 0 })),
    ],
    unassigned: counts.get(null) ?? 0,
  };
}

/** Sets what a platform recommends and permits; in the trail. Throws `not_found`. */
export async function setCaseload(
  caller: Caller,
  { platform, recommended, maximum }: CaseloadLimits & { readonly platform: string },
): Promise<CaseloadLimits> {
  await requirePlatform(caller, platform);
  await caller.transaction.query(
    `INSERT INTO cases.caseload_limits (platform_id, recommended, maximum) VALUES ($1, $2, $3)
     ON CONFLICT (platform_id) DO UPDATE SET recommended = excluded.recommended, maximum = excluded.maximum`,
    [platform, recommended, maximum],
  );
  await caller.record('caseload.set', [platform], { recommended, maximum });
  return { recommended, maximum };
}

/**
 * Lets one more case be given to somebody. True when that goes beyond the maximum, for the reason told.
 * Throws `caseload_full` beyond it without a reason.
 */
export async function takeRoom(
  caller: Caller,
  { platform, referent, beyond }: { platform: string; referent: string; beyond?: OverloadReason | undefined },
): Promise<boolean> {
  await caller.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [
    referent,
    ASSIGNING,
  ]);
  const { maximum } = await readLimits(caller, platform);
  const { rows } = await caller.transaction.query<{ open: number }>(
    `SELECT count(*) AS open FROM cases.cases WHERE referent = $1 AND platform_id = $2 AND ${FOLLOWED}`,
    [referent, platform],
  );
  const open = rows[0]?.open ?? 0;
  if (open < maximum) return false;
  if (beyond === undefined)
    throw new RaccrocheError(
      'caseload_full',
      `Cette personne suit déjà ${open} dossiers ; la plateforme en permet ${maximum}. Pour aller au-delà, dites pourquoi.`,
    );
  return true;
}
