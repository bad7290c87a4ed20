import type { CaseDetail, ContactPoint, Representative } from '@raccroche/contract';
import { ageAt, type CivilDate } from '../../kernel/civil-date.ts';
import type { Caller } from '../access/index.ts';
import type { Entry } from '../lists/index.ts';
import type { StoredCase } from './change-case.ts';
import { type EntrySource, listedContacts, listedRepresentatives } from './why-listed.ts';

const ADULT_AGE = 18;

/** What somebody of the platform said of a way to reach a person, or of a legal representative. */
export interface ContactMarkRow {
  readonly kind: ContactPoint['kind'] | 'representative';
  readonly value: string;
  readonly holder: string | null;
  readonly mark: 'added' | 'verified' | 'wrong' | 'refuses' | 'agrees';
  readonly marked_on: string;
}

/** An entry with the publication that it came with. */
export type Listing = EntrySource & { readonly entry: Entry };

type Reach = Pick<CaseDetail, 'contacts' | 'representatives'>;

/** How to reach the person and, while they are a minor, their legal representatives: the list's word and the platform's. */
export async function readContacts(caller: Caller, found: StoredCase, today: CivilDate): Promise<Reach> {
  const listed = await readListing(caller, found);
  return readMarkedContacts(caller, found, listed, today);
}

/** The entry of the last list that names the person, and the publication it came with; none for who was only signalled. */
export async function readListing({ transaction }: Caller, found: StoredCase): Promise<Listing | undefined> {
  const { rows } = await transaction.query<Listing>(
    `SELECT e.entry, p.campaign, p.as_of, p.rule_set
     FROM lists.published_entries e JOIN lists.publications p USING (publication_id) WHERE e.siei = $1`,
    [found.siei],
  );
  return rows[0];
}

/** The same as `readContacts`, for whoever has read the entry already. */
export async function readMarkedContacts(
  { transaction }: Caller,
  found: StoredCase,
  listed: Listing | undefined,
  today: CivilDate,
): Promise<Reach> {
  const marks = await transaction.query<ContactMarkRow>(
    `SELECT m.kind, m.value, m.holder, m.mark, m.marked_on FROM cases.contact_marks m
     JOIN cases.events e USING (case_id, case_version)
     WHERE case_id = $1 AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id)
     ORDER BY case_version`,
    [found.case_id],
  );
  const minor = ageAt(found.birth_date, today) < ADULT_AGE;
  return applyMarks(
    {
      contacts: listed ? listedContacts(listed.entry, listed.as_of) : [],
      representatives: listed ? listedRepresentatives(listed.entry, listed.as_of, minor) : [],
    },
    marks.rows,
    minor,
  );
}

/** Adds to what the list tells what people said since, in the order in which they said it: the last word holds. */
export function applyMarks(listed: Reach, marks: readonly ContactMarkRow[], minor: boolean): Reach {
  let { contacts, representatives } = listed;
  for (const mark of marks)
    if (mark.holder === null) contacts = withMark(contacts, mark);
    // Of who has come of age nobody is the legal representative any more, nor is a refusal theirs to make.
    else if (minor) representatives = withRepresentative(representatives, mark, mark.holder);
  return { contacts, representatives };
}

function withRepresentative(all: Representative[], mark: ContactMarkRow, name: string): Representative[] {
  const known = all.some((one) => one.name === name)
    ? all
    : [...all, { name, relation: null, refuses: false, contacts: [] }];
  return known.map((one) => {
    if (one.name !== name) return one;
    if (mark.kind === 'representative') return { ...one, refuses: mark.mark === 'refuses' };
    return { ...one, contacts: withMark(one.contacts, mark) };
  });
}

function withMark(points: ContactPoint[], { kind, value, mark, marked_on }: ContactMarkRow): ContactPoint[] {
  if (kind === 'representative' || mark === 'refuses' || mark === 'agrees') return points;
  const known = points.some((one) => one.kind === kind && one.value === value);
  if (!known)
    return [
      ...points,
      { kind, value, source: 'platform', toldOn: marked_on, quality: 'untested', qualityOn: null },
    ];
  const quality = mark === 'added' ? 'untested' : mark;
  return points.map((one) =>
    one.kind === kind && one.value === value
      ? { ...one, quality, qualityOn: mark === 'added' ? null : marked_on }
      : one,
  );
}
