import type { FileKind } from '@raccroche/contract';

/**
 * Keys of the JSON objects that `head` begins with, at any depth. Strings are walked through one by one, so that a key
 * quoted inside a value counts for nothing; a string that the head cuts is left out.
 */
export function jsonKeysOf(head: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [, key, colon] of head.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:)?/g)) {
    if (colon !== undefined && key !== undefined) keys.add(key);
  }
  return keys;
}

interface Signature {
  readonly kind: FileKind;
  /** Each of these, as one of its alternatives. */
  readonly keys: readonly (readonly string[])[];
}

/** In order: a SYGNE detail also has the keys of a schooling inside, a list has none of the detail's. */
const SIGNATURES: readonly Signature[] = [
  { kind: 'cfa-effectifs', keys: [['nom_apprenant'], ['date_de_naissance_apprenant']] },
  { kind: 'fregata-json', keys: [['apprenant'], ['statutApprenant', 'sectionReference']] },
  { kind: 'sygne-schoolings', keys: [['ine'], ['scolarites']] },
  {
    kind: 'sygne-detail',
    keys: [['ine'], ['prenom1'], ['adrResidenceEle', 'inseeCommuneNaissance', 'inseePaysNaissance']],
  },
  {
    kind: 'sygne-list',
    keys: [['dateNaissance'], ['prenom'], ['codeMef', 'codeMefRatt'], ['anneeScolaire', 'codeUai']],
  },
];

/** The kind of a JSON text from its first 64 KB or so, undefined when it is none of ours. */
export function findJsonKind(head: string): FileKind | undefined {
  const keys = jsonKeysOf(head);
  return SIGNATURES.find((signature) =>
    signature.keys.every((alternatives) => alternatives.some((key) => keys.has(key))),
  )?.kind;
}
