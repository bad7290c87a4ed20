import { normalizeName } from '../normalize-name.ts';
import type { Meaning } from './column-profile.ts';

/** Words of headers in English, French and German. A header may be cut anywhere, so whole words only. */
const WORDS: Readonly<Partial<Record<Meaning, string>>> = {
  id: 'id uid uuid guid key cle rowid recid',
  first_name:
    'first given forename forenames fname firstname givenname christian prenom prenoms vorname vornamen rufname',
  family_name:
    'last surname surnames family lname lastname familyname nom noms nachname familienname zuname patronyme',
  full_name: 'full fullname name names complete complet vollname person',
  date: 'date dob dates birthdate birthday naissance geburtsdatum geboren born datum birth',
  year: 'year yob by annee an jahr geburtsjahr yyyy',
  month: 'month mob bm mois monat geburtsmonat mm',
  day: 'day bd jour tag geburtstag dd',
  postal_code: 'postcode postal zip zipcode plz cp postleitzahl codepostal',
  email: 'email mail courriel emailadresse',
  phone: 'phone telephone tel mobile portable handy telefon fax cell',
  city: 'city town suburb place locality ville commune lieu ort stadt wohnort geburtsort birthplace municipality village gemeinde',
  identifier:
    'ssn soc sec nir ine nin nhs passport national insurance insee matricule identifier identifiant social security number numero nummer siret licence license',
  sex: 'sex sexe gender geschlecht genre civilite title anrede',
  category:
    'state county region departement department country pays land bundesland province occupation profession beruf job status category nationality nationalite',
  address: 'address addr adresse street rue voie strasse road avenue line',
  street_number: 'house hausnummer streetnumber housenumber',
};

const MEANINGS_BY_WORD: ReadonlyMap<string, readonly Meaning[]> = byWord();

function byWord(): ReadonlyMap<string, readonly Meaning[]> {
  const found = new Map<string, Meaning[]>();
  for (const [meaning, words] of Object.entries(WORDS) as [Meaning, string][]) {
    for (const word of words.split(' ')) found.set(word, [...(found.get(word) ?? []), meaning]);
  }
  return found;
}

/** Words of a header, in small letters without accents: `dateNaissance_1` gives `date`, `naissance`. */
export function headerWords(header: string): readonly string[] {
  const apart = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return (normalizeName(apart) ?? '')
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
}

/** Meanings that a header names, each once. */
export function headerMeanings(header: string): ReadonlySet<Meaning> {
  const words = headerWords(header);
  const found = new Set(words.flatMap((word) => MEANINGS_BY_WORD.get(word) ?? []));
  const has = (...wanted: readonly string[]) => wanted.every((word) => words.includes(word));
  // Two words that mean something else together.
  if (found.has('first_name') && found.has('family_name')) return new Set(['full_name']);
  if (found.has('address') && ['number', 'numero', 'nummer', 'no', 'nr'].some((word) => has(word))) {
    return new Set(['street_number']);
  }
  if (
    has('birth', 'place') ||
    has('lieu', 'naissance') ||
    has('commune', 'naissance') ||
    has('birth', 'city')
  ) {
    return new Set(['city']);
  }
  if (found.has('email')) return new Set(['email']);
  for (const part of ['year', 'month', 'day'] as const) if (found.has(part)) return new Set([part]);
  if (found.has('first_name') || found.has('family_name')) found.delete('full_name');
  return found;
}
