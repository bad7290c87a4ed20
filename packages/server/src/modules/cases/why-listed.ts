import {
  CheckLabels,
  type ContactPoint,
  LeavingReasonLabels,
  PersonFlagLabels,
  type Representative,
  type WhyListed,
} from '@raccroche/contract';
import type { Entry } from '../lists/index.ts';

/** The publication that an entry comes from. */
export interface EntrySource {
  readonly campaign: string;
  readonly as_of: string;
  readonly rule_set: string;
}

const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
  ' ',
);
const FIRST = '1er';

/** `30 juin 2025`. */
function inFrench(date: string): string {
  const [year = '', month, day] = date.split('-');
  return `${Number(day) === 1 ? FIRST : Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

/**
 * The reason in one sentence: from where, until when, and what was not found since.
 * `training` is the last training in words, when something tells it.
 */
export function reasonSentence(entry: Entry, training: string | null): string {
  const school = entry.lastSchool.uai === null ? '' : ` à l’établissement ${entry.lastSchool.uai}`;
  const until = entry.leftOn === null ? '' : ` jusqu’au ${inFrench(entry.leftOn)}`;
  const parts = [`En ${training ?? 'formation'}${school}${until}`];
  if (entry.reason !== null) parts.push(LeavingReasonLabels[entry.reason]);
  if (passed(entry, 'not_enrolled')) parts.push('aucune inscription trouvée depuis');
  if (passed(entry, 'no_qualifying_diploma')) parts.push('pas de diplôme trouvé');
  return `${parts.join(' ; ')}.`;
}

const passed = (entry: Entry, code: keyof typeof CheckLabels) =>
  entry.checks.some((one) => one.check === code && one.passed);

/** Why somebody is on the list: the sentence, and check by check the records that prove it. */
export function whyListed(entry: Entry, source: EntrySource, training: string | null): WhyListed {
  const records = new Map(entry.records.map((record) => [record.id, record]));
  return {
    sentence: reasonSentence(entry, training),
    campaign: source.campaign,
    asOf: source.as_of,
    ruleSet: source.rule_set,
    checks: entry.checks.map((one) => ({
      check: one.check,
      label: CheckLabels[one.check],
      passed: one.passed,
      evidence: one.evidence.flatMap((id) => {
        const record = records.get(id);
        return record
          ? [{ recordId: id, source: record.source, file: record.file, position: record.position }]
          : [];
      }),
    })),
    flags: entry.flags.map((flag) => ({ flag, label: PersonFlagLabels[flag] })),
  };
}

/** Ways to reach the person that the list tells. */
export function listedContacts(entry: Entry, toldOn: string): ContactPoint[] {
  const { lines, postalCode, communeName } = entry.address;
  const address = [...lines, [postalCode, communeName].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [
    ...entry.phones.map((value) => ({ kind: 'phone' as const, value })),
    ...(entry.email === null ? [] : [{ kind: 'email' as const, value: entry.email }]),
    ...(lines.length === 0 ? [] : [{ kind: 'address' as const, value: address }]),
  ].map((point) => ({ ...point, ...FROM_LIST, toldOn }));
}

const FROM_LIST = { source: 'list', quality: 'untested', qualityOn: null } as const;

/** Legal representatives that the list tells: of minors only, and of nobody who has come of age since. */
export function listedRepresentatives(entry: Entry, toldOn: string, minor: boolean): Representative[] {
  if (!minor) return [];
  return entry.legalRepresentatives.map((one) => ({
    name: [one.firstName, one.familyName].filter(Boolean).join(' '),
    relation: one.relation,
    refuses: false,
    contacts: [
      ...(one.phone === null ? [] : [{ kind: 'phone' as const, value: one.phone }]),
      ...(one.email === null ? [] : [{ kind: 'email' as const, value: one.email }]),
    ].map((point) => ({ ...point, ...FROM_LIST, toldOn })),
  }));
}
