import { gzipSync } from 'node:zlib';
import { type CivilDate, frenchDate } from '../calendar.ts';
import { type Charset, encodeText } from '../files/text-encoding.ts';
import { escapeXml } from '../files/xlsx.ts';
import { zip } from '../files/zip.ts';
import { FRANCE } from '../france/addresses.ts';
import type { Establishment } from '../france/establishments.ts';
import { extractionsOf, type ToldSchooling } from './school-register.ts';
import type { SenderContext } from './sender-context.ts';
import type { ZipShelf } from './zip-shelf.ts';

/** Charsets and wrappings met in real deliveries, taken in turn by the schools. */
const CHARSETS: readonly Charset[] = ['ISO-8859-15', 'ISO-8859-15', 'windows-1252', 'UTF-8'];
const WRAPPINGS = ['bare', 'gz', 'zip'] as const;
/** Stands for the day of an export where only the rest of it matters. */
const NO_DAY: CivilDate = '0000-00-00';
/** How SIECLE says that somebody is in no class. */
const INACTIVE_CLASS = 'Inactifs';

/**
 * Writes the two exports (one a school year) of a school that uses SIECLE: files of its own, or entries of the archives
 * that its académie makes. `rank`: of the school among them.
 */
export function deliverSiecle(
  context: SenderContext,
  shelf: ZipShelf,
  { school, told, rank }: { school: Establishment; told: readonly ToldSchooling[]; rank: number },
): void {
  const { outbox, times } = context;
  const charset = CHARSETS[rank % CHARSETS.length] ?? 'UTF-8';
  const days = extractionsOf(context, school);
  const exports = [
    { year: times.before, on: days.before },
    { year: times.current, on: days.current },
  ]
    .map((one) => ({ ...one, told: told.filter(({ schoolYear }) => schoolYear === one.year) }))
    .filter((one) => one.told.length > 0)
    .map((one) => {
      const name = `ElevesAvecAdresses_${one.year}.xml`;
      const xml = (day: CivilDate) => siecleXml(school.uai, one.year, day, one.told, charset);
      const on = outbox.dayOf(`${school.uai}-${name}`, () => xml(NO_DAY), one.on);
      return { ...one, on, name, bytes: encodeText(xml(on), charset) };
    });
  if (context.mode === 'national') {
    const { academy } = school.bassin.department;
    for (const { year, name, bytes, told: rows } of exports) {
      const path = `education-nationale/siecle/${academy}-${year}.zip`;
      const inner = `${school.uai}-${name}`;
      shelf.add(path, { name: inner, bytes });
      outbox.tell(`${path}/${inner}`, origins(rows));
    }
    return;
  }
  const base = `education-nationale/siecle/${school.uai}`;
  const emetteur = school.name;
  const wrapping = WRAPPINGS[rank % WRAPPINGS.length] ?? 'bare';
  if (wrapping === 'zip') {
    // One archive for both years: each says its own date inside.
    outbox.write(`${base}.zip`, zip(exports), { emetteur });
    for (const one of exports) outbox.tell(`${base}.zip/${one.name}`, origins(one.told));
    return;
  }
  for (const { name, bytes, told: rows, on } of exports) {
    const path = `${base}/${name}${wrapping === 'gz' ? '.gz' : ''}`;
    outbox.write(path, wrapping === 'gz' ? gzipSync(bytes) : bytes, { emetteur, date_extraction: on });
    outbox.tell(path, origins(rows));
  }
}

const origins = (told: readonly ToldSchooling[]) =>
  told.map(({ pupilNumber, personId, failures }) => ({ position: pupilNumber, personId, failures }));

/** An export "ElevesAvecAdresses" of one school and year, as text. Source: formats.md §1. */
function siecleXml(
  uai: string,
  schoolYear: number,
  exportedOn: CivilDate,
  told: readonly ToldSchooling[],
  charset: Charset,
): string {
  const date = frenchDate(exportedOn);
  return [
    `<?xml version="1.0" encoding="${charset}"?>`,
    '<BEE_ELEVES VERSION="2.1">',
    '<PARAMETRES>',
    element('UAJ', uai),
    element('ANNEE_SCOLAIRE', String(schoolYear)),
    element('DATE_EXPORT', date),
    element('HORODATAGE', `${date} 08:30:00`),
    '</PARAMETRES>',
    '<DONNEES>',
    '<ELEVES>',
    ...told.map(pupilXml),
    '</ELEVES>',
    '<STRUCTURES>',
    ...told.map(structuresXml),
    '</STRUCTURES>',
    '</DONNEES>',
    '</BEE_ELEVES>',
    '',
  ].join('\n');
}

function element(name: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `<${name}>${escapeXml(value)}</${name}>`;
}

function pupilXml(told: ToldSchooling): string {
  const { identity } = told;
  const fields = [
    element('ID_NATIONAL', identity.ine),
    element('ELENOET', told.pupilNumber.slice(-5)),
    element('NOM_DE_FAMILLE', identity.familyName),
    element('NOM_USAGE', identity.usageName),
    element('PRENOM', identity.givenNames[0]),
    element('PRENOM2', identity.givenNames[1]),
    element('PRENOM3', identity.givenNames[2]),
    element('DATE_NAISS', frenchDate(identity.birthDate)),
    element('CODE_SEXE', identity.sex === 'M' ? '1' : '2'),
    birthXml(told),
    element('CODE_MEF', `${told.mef}0`),
    element('CODE_STATUT', 'ST'),
    element('CODE_REGIME', Number(told.pupilNumber) % 3 === 0 ? '0' : '2'),
    element('DOUBLEMENT', '0'),
    element('DATE_ENTREE', frenchDate(told.firstDay)),
    element('DATE_SORTIE', told.exit === undefined ? undefined : frenchDate(told.exit)),
    lastYearXml(told),
    addressXml(told),
  ];
  const id = `ELEVE_ID="${told.pupilNumber}" ELENOET="${told.pupilNumber.slice(-5)}"`;
  return `<ELEVE ${id}>${fields.join('')}</ELEVE>`;
}

function birthXml({ identity }: ToldSchooling): string {
  const { birthCommune, birthCountry = FRANCE, birthCity } = identity;
  const country = element('CODE_PAYS', birthCountry.slice(2));
  if (birthCommune === undefined) return `${country}${element('VILLE_NAISS', birthCity)}`;
  const department = birthCommune.department.padStart(3, '0');
  return [
    country,
    element('CODE_DEPARTEMENT_NAISS', department),
    element('CODE_COMMUNE_INSEE_NAISS', birthCommune.code),
  ].join('');
}

function lastYearXml({ life, stay }: ToldSchooling): string {
  const before = life.stays.find((one) => one.schoolYear === stay.schoolYear - 1 && one.school.uai !== '');
  if (before === undefined) return '';
  const fields = [
    element('CODE_RNE', before.school.uai),
    element('CODE_STRUCTURE', before.className),
    element('DENOM_PRINC', before.school.name),
  ];
  return `<SCOLARITE_AN_DERNIER>${fields.join('')}</SCOLARITE_AN_DERNIER>`;
}

function addressXml({ identity }: ToldSchooling): string {
  const { address } = identity;
  const place =
    address === undefined
      ? ''
      : [
          element('LIGNE1_ADRESSE', address.lines[0]),
          element('LIGNE2_ADRESSE', address.lines[1]),
          element('CODE_POSTAL', address.postalCode),
          element('LL_PAYS', address.country === FRANCE ? 'FRANCE' : address.city.toUpperCase()),
          element('CODE_COMMUNE_INSEE', address.commune?.code),
        ].join('');
  const { phone, mobile, email } = identity;
  return [
    place,
    element('TEL_PERSONNEL', phone),
    element('TEL_PORTABLE', mobile),
    element('MEL', email),
  ].join('');
}

function structuresXml(told: ToldSchooling): string {
  if (told.exit !== undefined) return '';
  const structure = (code: string, type: 'D' | 'G') =>
    `<STRUCTURE>${element('CODE_STRUCTURE', code)}${element('TYPE_STRUCTURE', type)}</STRUCTURE>`;
  const classes = told.inactive
    ? structure(INACTIVE_CLASS, 'D')
    : `${structure(told.className, 'D')}${structure(`AP${told.className.slice(-1)}`, 'G')}`;
  return `<STRUCTURES_ELEVE ELEVE_ID="${told.pupilNumber}" ELENOET="${told.pupilNumber.slice(-5)}">${classes}</STRUCTURES_ELEVE>`;
}
