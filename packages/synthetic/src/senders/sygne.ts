import { FRANCE } from '../france/addresses.ts';
import type { Establishment } from '../france/establishments.ts';
import { extractionsOf, type ToldSchooling } from './school-register.ts';
import { type SenderContext, unitOf } from './sender-context.ts';

/**
 * Answers of SYGNE as a campaign saves them: a list a school and year; details and schoolings one value a line, in files
 * of the school or of the whole académie.
 */
export function deliverSygne(
  context: SenderContext,
  school: Establishment,
  told: readonly ToldSchooling[],
): void {
  const { times } = context;
  const { before, current } = extractionsOf(context, school);
  const ofYear = (year: number) => told.filter(({ schoolYear }) => schoolYear === year);
  deliverList(context, school, { schoolYear: times.before, told: ofYear(times.before), on: before });
  deliverList(context, school, { schoolYear: times.current, told: ofYear(times.current), on: current });
  const known = latestOfEach([...ofYear(times.current), ...ofYear(times.before)]);
  deliverLines(context, school, { name: 'eleves', told: known, payload: detail });
  deliverLines(context, school, {
    name: 'scolarites',
    told: known,
    payload: (one) => schoolings(one, allOf([...ofYear(times.before), ...ofYear(times.current)], one)),
  });
}

function deliverList(
  { outbox }: SenderContext,
  school: Establishment,
  { schoolYear, told, on }: { schoolYear: number; told: readonly ToldSchooling[]; on: string },
): void {
  if (told.length === 0) return;
  const path = `education-nationale/sygne/${school.uai}-eleves-${schoolYear}.json`;
  const text = `${JSON.stringify(told.map(listed), null, 1)}\n`;
  const sidecar = { emetteur: school.name, uai: school.uai, date_extraction: on };
  outbox.write(path, Buffer.from(text, 'utf8'), sidecar);
  outbox.tell(
    path,
    told.map(({ personId, failures }, index) => ({ position: index + 1, personId, failures })),
  );
}

function deliverLines(
  context: SenderContext,
  school: Establishment,
  {
    name,
    told,
    payload,
  }: {
    name: string;
    told: readonly ToldSchooling[];
    payload: (told: ToldSchooling) => unknown;
  },
): void {
  const unit = unitOf(school, context.mode, 'SYGNE');
  for (const one of told) {
    const file = context.outbox.lines(`education-nationale/sygne/${unit.id}-${name}.jsonl`, () => ({
      head: '',
      sidecar: { emetteur: unit.name, date_extraction: extractionsOf(context, school).current },
      firstPosition: 1,
    }));
    file.add(`${JSON.stringify(payload(one))}\n`, one);
  }
}

/** One entry a person whose INE can be asked for: the first told. */
function latestOfEach(told: readonly ToldSchooling[]): readonly ToldSchooling[] {
  const byIne = new Map<string, ToldSchooling>();
  for (const one of told) {
    const { ine } = one.identity;
    if (ine !== undefined && /^[0-9]{9}[A-Z]{2}$/.test(ine) && !byIne.has(ine)) byIne.set(ine, one);
  }
  return [...byIne.values()];
}

/** One a school year, of the same person. */
function allOf(told: readonly ToldSchooling[], { personId }: ToldSchooling): readonly ToldSchooling[] {
  const seen = new Set<number>();
  return told.filter(
    (one) => one.personId === personId && !seen.has(one.schoolYear) && seen.add(one.schoolYear),
  );
}

/** Element of `GET etablissements/{uai}/eleves`. Source: formats.md §2. */
function listed(told: ToldSchooling): object {
  const { identity, stay } = told;
  return {
    ine: identity.ine ?? null,
    prenom: identity.givenNames[0],
    nom: identity.familyName,
    dateNaissance: identity.birthDate,
    codeSexe: identity.sex === 'M' ? '1' : '2',
    niveau: told.mef.slice(0, 3),
    codeMef: localMef(told),
    codeMefRatt: `${told.mef}0`,
    libelleNiveau: stay.training.label,
    libelleLongStatut: 'SCOLAIRE',
    classe: told.exit !== undefined || told.inactive ? null : told.className,
    codeRegime: '0',
    codeUai: stay.school.uai,
    anneeScolaire: String(told.schoolYear),
    dateDebSco: told.firstDay,
    ...(told.exit === undefined ? {} : { dateFinSco: told.exit }),
    codeStatut: 'ST',
    adhesionTransport: false,
  };
}

/** `GET eleves/{ine}`: the usage name is the family name for most. */
function detail(told: ToldSchooling): object {
  const { identity, stay } = told;
  const { address } = identity;
  return {
    ine: identity.ine,
    codeSexe: identity.sex === 'M' ? '1' : '2',
    prenom1: identity.givenNames[0],
    prenom2: identity.givenNames[1] ?? null,
    prenom3: identity.givenNames[2] ?? null,
    nomUsage: identity.usageName ?? identity.familyName,
    dateNaissance: identity.birthDate,
    adrResidenceEle: {
      adresseLigne1: address?.lines[0] ?? null,
      adresseLigne2: address?.lines[1] ?? null,
      adresseLigne3: null,
      adresseLigne4: null,
      codePostal: address?.postalCode ?? null,
      libelleCommune: address?.city ?? null,
      codeCommuneInsee: address?.commune?.code ?? null,
      codePays: address === undefined ? null : address.country.slice(2),
    },
    inseeCommuneNaissance: identity.birthCommune?.code ?? null,
    inseePaysNaissance: (identity.birthCountry ?? FRANCE).slice(2),
    scolarite: {
      classe: told.className,
      codeStatut: 'ST',
      codeMefRatt: `${told.mef}0`,
      codeUai: stay.school.uai,
    },
  };
}

/** `GET eleves/{ine}/scolarites`. */
function schoolings(told: ToldSchooling, all: readonly ToldSchooling[]): object {
  return {
    ine: told.identity.ine,
    scolarites: all.map((one) => ({
      classe: one.exit !== undefined || one.inactive ? null : one.className,
      dateDebSco: one.firstDay,
      ...(one.exit === undefined ? {} : { dateFinSco: one.exit }),
      anneeScolaire: String(one.schoolYear),
      codeMef: `${one.mef}0`,
      codeUai: one.stay.school.uai,
      codeStatut: 'ST',
    })),
  };
}

/** Some schools give a code of their own to a MEF: only `codeMefRatt` is national. */
function localMef(told: ToldSchooling): string {
  return told.localMef ? `${told.mef.slice(0, 8)}ABC` : `${told.mef}0`;
}
