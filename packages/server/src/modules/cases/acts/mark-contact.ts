import type { NewContactMark, RepresentativeAnswer } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { phoneKey } from '../../../kernel/phone-key.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { readContacts } from '../read-contacts.ts';

/**
 * Adds a way to reach the person or a legal representative, or says what one is worth. Throws `not_found`, `conflict`,
 * `not_possible` for a value that the case does not hold. The timeline names the kind, never the value.
 */
export async function markContact(
  caller: Caller,
  caseId: string,
  asked: NewContactMark,
  today: CivilDate,
): Promise<StoredCase> {
  const { version, mark, kind, value } = asked;
  const holder = asked.holder ?? null;
  const after = await actOnCase(caller, caseId, version, async (before) => {
    const { contacts, representatives } = await readContacts(caller, before, today);
    const known =
      holder === null ? contacts : (representatives.find(({ name }) => name === holder)?.contacts ?? []);
    const isKnown = known.some((one) => one.kind === kind && one.value === value);
    if (mark !== 'added' && !isKnown)
      throw new RaccrocheError('not_possible', 'Ce moyen de contact n’est pas dans le dossier.');
    const phones = contacts.filter(
      (one) => one.kind === 'phone' && one.quality !== 'wrong' && one.value !== value,
    );
    const touchesPhones = kind === 'phone' && holder === null;
    return {
      kind: `contact_${mark}`,
      details: { kind, of: holder === null ? 'person' : 'representative' },
      change: touchesPhones ? { has_phone: mark !== 'wrong' || phones.length > 0 } : {},
    };
  });
  await keepMark(caller, after, { kind, value, holder, mark }, today);
  if (mark === 'added' && kind === 'phone') await keepPhone(caller, after, value);
  return after;
}

/** Says that a legal representative refuses to be contacted, or agrees again: theirs alone, until the person is of age. */
export async function answerOfRepresentative(
  caller: Caller,
  caseId: string,
  { version, name, refuses }: RepresentativeAnswer,
  today: CivilDate,
): Promise<StoredCase> {
  const mark = refuses ? 'refuses' : 'agrees';
  const after = await actOnCase(caller, caseId, version, async (before) => {
    const { representatives } = await readContacts(caller, before, today);
    if (!representatives.some((one) => one.name === name))
      throw new RaccrocheError(
        'not_possible',
        'Cette personne n’est pas représentant légal dans ce dossier.',
      );
    return { kind: `representative_${mark}`, change: {} };
  });
  await keepMark(caller, after, { kind: 'representative', value: name, holder: name, mark }, today);
  return after;
}

interface Mark {
  readonly kind: string;
  readonly value: string;
  readonly holder: string | null;
  readonly mark: string;
}

/** A telephone that was added is found by, and tells who else answers it. */
async function keepPhone(caller: Caller, after: StoredCase, value: string): Promise<void> {
  const phone = phoneKey(value);
  if (phone === null) return;
  await caller.transaction.query(
    'INSERT INTO cases.phone_keys (case_id, phone, place) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [after.case_id, phone, after.platform_id],
  );
}

async function keepMark(caller: Caller, after: StoredCase, one: Mark, today: CivilDate): Promise<void> {
  await caller.transaction.query(
    `INSERT INTO cases.contact_marks (case_id, case_version, kind, value, holder, mark, marked_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [after.case_id, after.version, one.kind, one.value, one.holder, one.mark, today],
  );
}
