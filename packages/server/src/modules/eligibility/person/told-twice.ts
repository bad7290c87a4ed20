import type { Terms } from '../terms.ts';
import type { RecordFact, SpellFact } from './facts.ts';
import { compareKeys, compareLatestFirst } from './order.ts';

/** A spell with what its record says of the sender. */
export interface ToldSpell extends SpellFact {
  readonly source: string;
  readonly sourceRank: number;
}

export interface Told {
  readonly kept: readonly ToldSpell[];
  /** One sender says that the person left, another that the same stay goes on at the reference date. */
  readonly contradicted: boolean;
}

/**
 * Enrolment spells, less those that another spell tells better: same school, same school year, overlapping in time.
 * An explicit end beats an implicit one; of two explicit ends, the most recently extracted stays.
 * Two implicit ends both stay: they say the same. A NULL school or year is never the same.
 */
export function keepToldOnce(
  spells: readonly SpellFact[],
  records: readonly RecordFact[],
  terms: Terms,
): Told {
  const enrolments = spells.filter(({ enrolment }) => enrolment).map((spell) => withSource(spell, records));
  const better = (spell: ToldSpell) => enrolments.filter((other) => tellsBetter(other, spell));
  const contradicted = enrolments.some(
    (spell) => isUnendedAt(spell, terms) && better(spell).some((other) => saysLeft(other, spell, terms)),
  );
  return { kept: enrolments.filter((spell) => better(spell).length === 0), contradicted };
}

function withSource(spell: SpellFact, records: readonly RecordFact[]): ToldSpell {
  const record = records.find(({ recordId }) => recordId === spell.recordId);
  if (!record) throw new Error(`spell of a record that is not the person's: ${spell.recordId}`);
  return { ...spell, source: record.source, sourceRank: record.sourceRank };
}

function tellsBetter(other: ToldSpell, spell: ToldSpell): boolean {
  if (other.implicitEnd || other.uai === null || other.schoolYear === null) return false;
  if (other.uai !== spell.uai || other.schoolYear !== spell.schoolYear) return false;
  return overlap(other, spell) && (spell.implicitEnd || compareTelling(other, spell) < 0);
}

/** More than a day in common, or the same first day: a stay that begins on the day another ends follows it. */
function overlap(a: SpellFact, b: SpellFact): boolean {
  return a.firstDay === b.firstDay || (a.firstDay < b.lastDay && b.firstDay < a.lastDay);
}

/** Most recently extracted first, then the order of sources, then record and spell. */
function compareTelling(a: ToldSpell, b: ToldSpell): number {
  return (
    compareLatestFirst(a.recordedOn, b.recordedOn) ||
    a.sourceRank - b.sourceRank ||
    compareKeys(a.recordId, b.recordId) ||
    a.spellNo - b.spellNo
  );
}

function isUnendedAt(spell: ToldSpell, { asOf }: Terms): boolean {
  return spell.implicitEnd && !spell.notInClass && spell.firstDay <= asOf && spell.lastDay >= asOf;
}

function saysLeft(other: ToldSpell, spell: ToldSpell, { asOf }: Terms): boolean {
  return other.source !== spell.source && other.lastDay < asOf;
}
