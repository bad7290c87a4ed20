import { copyLine, type Transaction } from '../../../platform/postgres/database.ts';
import { trainingLabel, trainingOf } from '../training-label.ts';
import { clearStaging } from './publish-entries.ts';
import { type ListedEntry, type PublishableCampaign, readListed } from './read-published.ts';
import { isInScope, type PublicationScope } from './scope.ts';
import { entryPhones, nameWords, type ReadName, rememberNames, sortedName } from './search-keys.ts';

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

/** What was staged, told while it was read: looking for it again would read the whole of it. */
export interface StagedEntries {
  readonly entries: number;
  /** Entries whose commune is in no platform's zone. */
  readonly withoutPlatform: number;
  /** Ids of the platforms of the others. */
  readonly platforms: readonly string[];
}

/** Waits until no other publication runs, to the end of the transaction. */
export async function lockPublications(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [PUBLICATION_LOCK]);
}

/**
 * Loads the lists of a campaign into `lists.staged_entries`, each with the platform whose zone holds the commune of
 * residence at the reference date; of the lists out of `scope`, who is on them into `lists.staged_elsewhere`. What an
 * earlier publication left there is emptied first.
 */
export async function stageEntries(
  transaction: Transaction,
  campaign: PublishableCampaign,
  scope: PublicationScope,
): Promise<StagedEntries> {
  await clearStaging(transaction);
  const zones = await readZones(transaction, campaign.manifest.asOf);
  const read = rememberNames();
  const elsewhere: string[] = [];
  const platforms = new Set<string>();
  let [entries, withoutPlatform] = [0, 0];
  async function* lines() {
    for await (const listed of readListed(campaign)) {
      const platformId = zones.get(listed.entry.address.commune ?? '');
      if (isInScope(scope, listed.department)) {
        entries += 1;
        if (platformId === undefined) withoutPlatform += 1;
        else platforms.add(platformId);
        yield stagedLine(listed, platformId, read);
      } else elsewhere.push(elsewhereLine(listed, platformId, read));
    }
  }
  await transaction.copyIn('lists.staged_entries', COLUMNS, lines());
  await transaction.copyIn('lists.staged_elsewhere', ELSEWHERE_COLUMNS, elsewhere);
  await transaction.query('SELECT lists.measure_staged()');
  return { entries, withoutPlatform, platforms: [...platforms] };
}

const nameOf = ({ familyName, usageName }: ListedEntry['entry']) => familyName ?? usageName ?? '';

function elsewhereLine(
  { department, entry }: ListedEntry,
  platformId: string | undefined,
  read: (name: string) => ReadName,
): string {
  const name = sortedName([nameOf(entry), ...entry.firstNames], read);
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
  read: (name: string) => ReadName,
): string {
  const familyName = nameOf(entry);
  const words = nameWords([familyName, entry.usageName, ...entry.firstNames], read);
  return copyLine([
    entry.siei,
    department,
    platformId,
    entry.lastSchool.uai,
    familyName,
    entry.usageName,
    arrayLiteral(entry.firstNames),
    sortedName([familyName, ...entry.firstNames], read),
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
