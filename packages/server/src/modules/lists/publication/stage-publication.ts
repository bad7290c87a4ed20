import { sortName } from '../../../kernel/sort-name.ts';
import { copyLine, type Transaction } from '../../../platform/postgres/database.ts';
import { trainingLabel, trainingOf } from '../training-label.ts';
import { type ListedEntry, type PublishableCampaign, readListed } from './read-published.ts';
import { entryPhones, nameWords, rememberSounds } from './search-keys.ts';

/** Two publications never run side by side. */
const PUBLICATION_LOCK = 7_271_637;

const COLUMNS = [
  'siei',
  'department',
  'platform_id',
  'origin_uai',
  'family_name',
  'usage_name',
  'first_names',
  'sort_name',
  'birth_date',
  'minor',
  'commune',
  'commune_name',
  'last_training',
  'training',
  'training_level',
  'mission_locale',
  'left_on',
  'has_phone',
  'name_words',
  'name_sounds',
  'phone_keys',
  'entry',
];

/**
 * Loads the lists of a campaign into `lists.staged_entries`, each with the platform whose zone holds the commune of
 * residence at the reference date. What an earlier publication left there is emptied first. Gives the number of entries.
 */
export async function stageEntries(transaction: Transaction, campaign: PublishableCampaign): Promise<number> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [PUBLICATION_LOCK]);
  await transaction.script('TRUNCATE lists.staged_entries, lists.staged_aliases, lists.staged_removals');
  const zones = await readZones(transaction, campaign.manifest.asOf);
  const sound = rememberSounds();
  let entries = 0;
  async function* lines() {
    for await (const listed of readListed(campaign)) {
      entries += 1;
      yield stagedLine(listed, zones.get(listed.entry.address.commune ?? ''), sound);
    }
  }
  await transaction.copyIn('lists.staged_entries', COLUMNS, lines());
  await transaction.script('ANALYZE lists.staged_entries');
  return entries;
}

/** The platform of each commune on that day. */
async function readZones(transaction: Transaction, asOf: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await transaction.query<{ commune: string; platform_id: string }>(
    `SELECT commune, platform_id FROM access.zones
     WHERE $1::DATE BETWEEN valid_from AND coalesce(valid_to, 'infinity')`,
    [asOf],
  );
  return new Map(rows.map((row) => [row.commune, row.platform_id]));
}

function stagedLine(
  { department, entry, json }: ListedEntry,
  platformId: string | undefined,
  sound: (word: string) => string,
): string {
  const familyName = entry.familyName ?? entry.usageName ?? '';
  const words = nameWords([familyName, entry.usageName, ...entry.firstNames], sound);
  return copyLine([
    entry.siei,
    department,
    platformId,
    entry.lastSchool.uai,
    familyName,
    entry.usageName,
    arrayLiteral(entry.firstNames),
    sortName(familyName, ...entry.firstNames),
    entry.birthDate,
    entry.minor,
    entry.address.commune,
    entry.address.communeName,
    trainingLabel(entry.lastTraining),
    trainingOf(entry.lastTraining),
    entry.lastTraining.leadsTo,
    entry.missionLocale,
    entry.leftOn,
    entry.phones.length > 0,
    arrayLiteral(words.map((one) => one.word)),
    arrayLiteral(words.map((one) => one.sound)),
    arrayLiteral(entryPhones(entry)),
    json,
  ]);
}

/** A text array as PostgreSQL writes one. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`).join(',')}}`;
}
