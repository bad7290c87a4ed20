import type { NewSignal } from '@raccroche/contract';
import { ageAt, type CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { phoneKey } from '../../../kernel/phone-key.ts';
import { sortName } from '../../../kernel/sort-name.ts';
import type { Caller } from '../../access/index.ts';
import { nameWords } from '../../lists/index.ts';
import { type FoundElsewhere, findElsewhere } from './find-elsewhere.ts';

const AGE_MIN = 16;
const AGE_MAX = 25;
const ADULT_AGE = 18;

export interface Signalled extends FoundElsewhere {
  readonly caseId: string | null;
}

/**
 * Opens a case for somebody whom no list told, once a look-up over the country has found nobody of the same name and birth date, or
 * when they are said to be another person. A later list that tells them gives the case its number.
 * Throws `not_possible` (under 16, over 25, nobody could say who is to follow or which school tells it), `not_allowed`,
 * `too_many_requests`.
 */
export async function signalPerson(caller: Caller, asked: NewSignal, today: CivilDate): Promise<Signalled> {
  const age = ageAt(asked.birthDate, today);
  if (age < AGE_MIN || age > AGE_MAX)
    throw new RaccrocheError('not_possible', 'Les plateformes suivent les jeunes de 16 à 25 ans.');
  requirePlace(caller, asked);
  if (asked.platform === undefined) await narrowToSchool(caller, asked.uai);
  const [firstName = ''] = asked.firstNames;
  const found = await findElsewhere(caller, {
    familyName: asked.familyName,
    firstName,
    birthDate: asked.birthDate,
  });
  if (found.followed.length > 0 && !asked.anotherPerson) return { caseId: null, ...found };
  const { rows } = await caller.transaction.query<{ case_id: string }>(
    'SELECT cases.signal($1, $2, $3, $4) AS case_id',
    [JSON.stringify(describe(asked, age)), asked.origin, asked.platform ?? null, today],
  );
  return { caseId: rows[0]?.case_id ?? null, ...found };
}

/** Throws where nobody could say who is to follow: a caseworker without a platform of theirs, a school without a commune. */
/** Of the caller, those to signal under the purpose for which they come: the base counts no other. */
const signalRights = ({ rights, purpose }: Caller) =>
  rights.filter((right) => right.permission === 'case.signal' && right.purpose === purpose);

function requirePlace(caller: Caller, { platform, commune, origin }: NewSignal): void {
  const rights = signalRights(caller);
  if (platform !== undefined) {
    if (rights.some(({ territoryId }) => territoryId === platform)) return;
    throw new RaccrocheError('not_allowed', 'Cette plateforme n’est pas la vôtre.');
  }
  if (!rights.some(({ territoryKind }) => territoryKind === 'establishment'))
    throw new RaccrocheError('not_possible', 'Dites sur quelle plateforme ouvrir ce dossier.');
  if (origin !== 'school')
    throw new RaccrocheError('not_possible', 'Un établissement signale pour lui-même.');
  if (commune === undefined)
    throw new RaccrocheError(
      'not_possible',
      'Dites la commune où la personne habite : elle dit qui la suivra.',
    );
}

/**
 * Of several schools the one that tells it: the base sees no other from now on. Throws `not_allowed` for one that is not the caller's,
 * `not_possible` when there are several and none is named.
 */
async function narrowToSchool(caller: Caller, uai: string | undefined): Promise<void> {
  const schools = new Set(
    signalRights(caller)
      .filter(({ territoryKind }) => territoryKind === 'establishment')
      .map(({ territoryId }) => territoryId),
  );
  if (uai === undefined && schools.size > 1)
    throw new RaccrocheError(
      'not_possible',
      'Vous répondez de plusieurs établissements : dites lequel signale.',
    );
  const [school] = uai === undefined ? schools : [uai];
  if (school === undefined || !schools.has(school))
    throw new RaccrocheError('not_allowed', 'Cet établissement n’est pas le vôtre.');
  await caller.transaction.query("SELECT set_config('raccroche.establishment', $1, true)", [school]);
}

/** Who it is, in the words that the base keeps. */
function describe(asked: NewSignal, age: number) {
  const { familyName, usageName, firstNames, birthDate, commune, leftOn, phone } = asked;
  const key = phone === undefined ? null : phoneKey(phone);
  return {
    familyName,
    usageName: usageName ?? null,
    firstNames,
    birthDate,
    commune: commune ?? null,
    leftOn: leftOn ?? null,
    minor: age < ADULT_AGE,
    sortName: sortName(familyName, ...firstNames),
    words: nameWords([familyName, usageName ?? null, ...firstNames]),
    phones: key === null ? [] : [{ key, value: phone }],
  };
}
