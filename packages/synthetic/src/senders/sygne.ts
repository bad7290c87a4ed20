import { FRANCE } from '../places.ts';
import type { SchoolRegister, ToldSchooling } from './school-register.ts';
import type { SenderContext } from './sender-context.ts';

/** Answers of SYGNE as a campaign saves them: a list a school and year, details and schoolings one value a line. */
export function deliverSygne(context: SenderContext, register: SchoolRegister): void {
  const { times } = context;
  const { before, current } = register.extractedOn;
  deliverList(context, register, { schoolYear: times.before, told: register.before, on: before });
  deliverList(context, register, { schoolYear: times.current, told: register.current, on: current });
  const known = latestOfEach(register);
  deliverLines(context, register, { name: 'eleves', told: known, payload: detail });
  deliverLines(context, register, {
    name: 'scolarites',
    told: known,
    payload: (one) => schoolings(one, allOf(register, one.personId)),
  });
}

function deliverList(
  { folder }: SenderContext,
  { school }: SchoolRegister,
  { schoolYear, told, on }: { schoolYear: number; told: readonly ToldSchooling[]; on: string },
): void {
  if (told.length === 0) return;
  const path = `education-nationale/sygne/${school.uai}-eleves-${schoolYear}.json`;
  const text = `${JSON.stringify(told.map(listed), null, 1)}\n`;
  folder.write(path, Buffer.from(text, 'utf8'), {
    emetteur: school.name,
    uai: school.uai,
    date_extraction: on,
  });
  folder.tell(path, numbered(told));
}

function deliverLines(
  { folder }: SenderContext,
  { school, extractedOn }: SchoolRegister,
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
  if (told.length === 0) return;
  const path = `education-nationale/sygne/${school.uai}-${name}.jsonl`;
  const text = told.map((one) => `${JSON.stringify(payload(one))}\n`).join('');
  folder.write(path, Buffer.from(text, 'utf8'), {
    emetteur: school.name,
    date_extraction: extractedOn.current,
  });
  folder.tell(path, numbered(told));
}

const numbered = (told: readonly ToldSchooling[]) =>
  told.map(({ personId }, index) => ({ position: String(index + 1), personId }));

/** One entry a person whose INE can be asked for, the current year's first. */
function latestOfEach({ before, current }: SchoolRegister): readonly ToldSchooling[] {
  const byIne = new Map<string, ToldSchooling>();
  for (const one of [...current, ...before]) {
    const { ine } = one.identity;
    if (ine !== undefined && /^[0-9]{9}[A-Z]{2}$/.test(ine) && !byIne.has(ine)) byIne.set(ine, one);
  }
  return [...byIne.values()];
}

function allOf({ before, current }: SchoolRegister, personId: string): readonly ToldSchooling[] {
  const seen = new Set<number>();
  return [...before, ...current].filter(
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
  return Number(told.pupilNumber) % 9 === 0 ? `${told.mef.slice(0, 8)}ABC` : `${told.mef}0`;
}
