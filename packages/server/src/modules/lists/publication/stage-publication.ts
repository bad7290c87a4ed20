import { sortName } from '../../../kernel/sort-name.ts';
import { copyLine, type Transaction } from '../../../platform/postgres/database.ts';
import { trainingLabel, trainingOf } from '../training-label.ts';
import { clearStaging } from './publish-entries.ts';
import { type ListedEntry, type PublishableCampaign, readListed } from './read-published.ts';
import { isInScope, type PublicationScope } from './scope.ts';
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

const ELSEWHERE_COLUMNS = ['siei', 'department', 'platform_id', 'sort_name', 'birth_date'];

/** Waits until no other publication runs, to the end of the transaction. */
export async function lockPublications(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [PUBLICATION_LOCK]);
}

/**
 * Loads the lists of a campaign into `lists.staged_entries`, each with the platform whose zone holds the commune of
 * residence at the reference date; of the lists out of `scope`, who is on them into `lists.staged_elsewhere`. What an
 * earlier publication left there is emptied first. Gives the number of entries.
 */
export async function stageEntries(
  transaction: Transaction,
  campaign: PublishableCampaign,
  scope: PublicationScope,
): Promise<number> {
  await clearStaging(transaction);
  const zones = await readZones(transaction, campaign.manifest.asOf);
  const sound = rememberSounds();
  const elsewhere: string[] = [];
  let entries = 0;
  async function* lines() {
    for await (const listed of readListed(campaign)) {
      const platformId = zones.get(listed.entry.address.commune ?? '');
      if (isInScope(scope, listed.department)) {
        entries += 1;
        yield stagedLine(listed, platformId, sound);
      } else elsewhere.push(elsewhereLine(listed, platformId));
    }
  }
  await transaction.copyIn('lists.staged_entries', COLUMNS, lines());
  await transaction.copyIn('lists.staged_elsewhere', ELSEWHERE_COLUMNS, elsewhere);
  await transaction.query('SELECT lists.measure_staged()');
  return entries;
}

const nameOf = ({ familyName, usageName }: ListedEntry['entry']) => familyName ?? usageName ?? '';

function elsewhereLine({ department, entry }: ListedEntry, platformId: string | undefined): string {
  const name = sortName(nameOf(entry), ...entry.firstNames);
  return copyLine([entry.siei, department, platformId, name, entry.birthDate]);
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
  const familyName = nameOf(entry);
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
