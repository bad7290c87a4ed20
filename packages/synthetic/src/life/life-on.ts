import { addDays, type CivilDate, daysBetween, earliest, latest, schoolYearOf } from '../calendar.ts';
import type { Accompaniment, Contract, Life, Stay } from './model.ts';

/** Between two contacts of a structure with somebody it accompanies. `[inferred]` */
const DAYS_BETWEEN_CONTACTS = 45;

/**
 * A life as far as it had come on `day`, included: what began later is not there, what ended later still goes on. Two days
 * of one life agree on all that had happened by the earlier of them. A contract that had begun is there with the training in
 * a CFA that it is for, also when that begins some days later.
 */
export function lifeOn(life: Life, day: CivilDate): Life {
  const past = (date: CivilDate | undefined): CivilDate | undefined =>
    date !== undefined && date <= day ? date : undefined;
  return {
    person: life.person,
    stays: life.stays.filter((stay) => hadBegun(stay, day)).map((stay) => stayOn(stay, day)),
    awards: life.awards.filter(({ date }) => date <= day),
    accompaniments: life.accompaniments
      .filter(({ start }) => start <= day)
      .map((one) => accompanimentOn(one, day)),
    residences: life.residences.filter(({ from }, rank) => rank === 0 || from <= day),
    deceasedOn: past(life.deceasedOn),
    employedFrom: past(life.employedFrom),
  };
}

const hadBegun = ({ firstDay, contracts }: Stay, day: CivilDate): boolean =>
  firstDay <= day || contracts.some(({ start }) => start <= day);

function stayOn(stay: Stay, day: CivilDate): Stay {
  const contracts = stay.contracts.filter(({ start }) => start <= day).map((one) => contractOn(one, day));
  const ended = stay.lastDay !== null && stay.lastDay <= day;
  if (ended) return { ...stay, contracts };
  // A training in a CFA lasts several school years: that of its last row is the one it has come to.
  const schoolYear =
    stay.plannedEnd === undefined
      ? stay.schoolYear
      : schoolYearOf(latest(stay.firstDay, earliest(stay.plannedEnd, day)));
  return { ...stay, schoolYear, lastDay: null, ending: 'none', contracts };
}

const contractOn = (contract: Contract, day: CivilDate): Contract =>
  contract.brokenOn !== undefined && contract.brokenOn > day
    ? { ...contract, brokenOn: undefined }
    : contract;

function accompanimentOn(one: Accompaniment, day: CivilDate): Accompaniment {
  const contact = one.lastContact;
  const lastContact =
    contact === undefined || contact <= day ? contact : contactBefore(one.start, contact, day);
  if (one.end === undefined || one.end <= day) return { ...one, lastContact };
  return { ...one, lastContact, end: undefined, status: 'actif' };
}

/** The contacts of somebody follow each other at even distances, back from the last to the first day. */
function contactBefore(start: CivilDate, last: CivilDate, day: CivilDate): CivilDate {
  const steps = Math.ceil(daysBetween(day, last) / DAYS_BETWEEN_CONTACTS);
  const contact = addDays(last, -steps * DAYS_BETWEEN_CONTACTS);
  return contact < start ? start : contact;
}
