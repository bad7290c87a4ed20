import type { Role } from '@raccroche/contract';
import { listDemoPeople } from '../../modules/access/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';

/** What each does, as one says it; they were invented in `fill-demo.ts`. */
const TITLES: Readonly<Record<string, string>> = {
  Nadia: 'conseillère à la mission locale de Lens',
  Thomas: 'conseiller au CIO de Lens',
  Fatou: 'co-responsable de la plateforme de Lens',
  Léa: 'conseillère à la mission locale de Lille',
  Marc: 'co-responsable de la plateforme de Lille',
  Diane: 'coordinatrice du Pas-de-Calais',
  Hugo: 'chef d’établissement',
  Olga: 'responsable d’une association de Lens',
  René: 'chargé du pilotage régional',
  Anne: 'chargée du pilotage national',
  David: 'délégué à la protection des données',
};

const counted = (count: number, one: string, several: string) => `${count}\u00A0${count < 2 ? one : several}`;

interface Counts {
  readonly on_platform: number;
  readonly own: number;
  readonly in_department: number;
  readonly former_pupils: number;
  readonly everywhere: number;
  readonly proposals: number;
}

/** How many open cases lie within the sight of somebody, by what their right is over. */
const COUNTS = `SELECT
    count(*) FILTER (WHERE m.territory_kind = 'platform' AND c.platform_id::TEXT = m.territory_id AND c.pathway <> 'closed') AS on_platform,
    count(*) FILTER (WHERE c.referent = m.person_id AND c.pathway <> 'closed') AS own,
    count(*) FILTER (WHERE m.territory_kind = 'department' AND c.department = m.territory_id AND c.pathway <> 'closed') AS in_department,
    count(*) FILTER (WHERE m.territory_kind = 'establishment' AND c.origin_uai = m.territory_id) AS former_pupils,
    count(*) FILTER (WHERE c.pathway <> 'closed') AS everywhere,
    (SELECT count(*) FROM cases.referrals r JOIN access.memberships o USING (organisation_id) WHERE o.person_id = $1) AS proposals
  FROM access.memberships m CROSS JOIN cases.cases c WHERE m.person_id = $1`;

/** In the words of their role; empty where nothing is counted. */
function countWords(role: Role, counts: Counts): string {
  if (role === 'caseworker' || role === 'co_leader')
    return counts.own === 0
      ? counted(counts.on_platform, 'dossier', 'dossiers')
      : `${counted(counts.on_platform, 'dossier', 'dossiers')}, dont ${counts.own} à son nom`;
  if (role === 'department_coordinator') return counted(counts.in_department, 'dossier', 'dossiers');
  if (role === 'school_head') return counted(counts.former_pupils, 'ancien élève', 'anciens élèves');
  if (role === 'provider') return counted(counts.proposals, 'proposition reçue', 'propositions reçues');
  if (role === 'regional_steering' || role === 'national_administration')
    return `${counted(counts.everywhere, 'dossier', 'dossiers')} en chiffres, sans aucun nom`;
  return '';
}

/** The people of the demonstration, each with a sentence that says what waits for them, counted now. */
export async function readDemoCards(database: Database) {
  const people = await listDemoPeople(database);
  return database.transaction({}, async (transaction) => {
    const cards = [];
    for (const one of people) cards.push({ ...one, sentence: await sentenceOf(transaction, one) });
    return cards;
  });
}

async function sentenceOf(
  transaction: Transaction,
  {
    personId,
    displayName,
    role,
  }: { readonly personId: string; readonly displayName: string; readonly role: Role },
): Promise<string | null> {
  const title = TITLES[displayName];
  if (title === undefined) return null;
  const { rows } = await transaction.query<Counts>(COUNTS, [personId]);
  const [counts] = rows;
  const words = counts ? countWords(role, counts) : '';
  return words === '' ? title : `${title}\u00A0: ${words}`;
}
