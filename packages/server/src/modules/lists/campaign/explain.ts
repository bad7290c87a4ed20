import {
  type CheckCode,
  CheckLabels,
  IdentifierTypeLabels,
  KnownSituationLabels,
  LeavingReasonLabels,
  MissionLocaleLabels,
  PersonFlagLabels,
  PersonStateLabels,
} from '@raccroche/contract';
import type { SqlRow } from '../../../platform/duckdb/database.ts';
import { LITIGE_SENTENCES } from '../decisions/litige-sentences.ts';
import type { Dossier } from './dossier.ts';
import { deathLines, deathNames } from './explain-deaths.ts';
import { decisionLines, isOfDeath } from './explain-decisions.ts';
import { weightLines } from './explain-weights.ts';
import { counted, extracted, frenchDate } from './french.ts';
import type { Manifest } from './manifest.ts';

const LINK_SENTENCES: Readonly<Record<string, string>> = {
  same_identifier_birth_date: 'même identifiant et même date de naissance',
  same_identifier_name: 'même identifiant et même nom, prénoms compatibles',
  same_name_birth_date:
    'mêmes nom, prénom et date de naissance, lieux de naissance compatibles, sans homonyme',
  look_alike: 'écrits autrement, mais tout le reste se ressemble',
  decision: 'quelqu’un l’a décidé, voir plus bas',
};

/** A code's French label, or the code itself when a newer version wrote it. */
function labelOf(labels: Readonly<Record<string, string>>, code: unknown): string {
  return labels[String(code)] ?? String(code);
}

function text(value: unknown): string {
  return value === null || value === undefined || value === '' ? '—' : String(value);
}

function born(row: SqlRow): string {
  const word = row.sex === 'M' ? 'né le' : row.sex === 'F' ? 'née le' : 'date de naissance :';
  return `${word} ${frenchDate(row.birth_date)}`;
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Short names for records within one explanation, [1], [2]…, and for deaths. */
function recordNames(dossier: Dossier): ReadonlyMap<string, string> {
  const records = dossier.records.map(
    (record, index) => [String(record.record_id), `[${index + 1}]`] as const,
  );
  return new Map([...records, ...deathNames(dossier.deaths)]);
}

/** Why a person is on a list or not: records, links, checks, in plain French. Lines of text for a terminal. */
export function explainPerson(dossier: Dossier, manifest: Manifest): string {
  const names = recordNames(dossier);
  return [
    ...headLines(dossier, manifest),
    '',
    `Ce que disent les fichiers (${counted(dossier.records.length, 'enregistrement')})`,
    ...dossier.records.flatMap((record) => recordLines(record, dossier, names)),
    '',
    'Pourquoi c’est une seule personne',
    ...linkLines(dossier, names),
    ...deathLines(dossier.deaths, dossier.decisions.filter(isOfDeath)),
    '',
    'Les conditions, une à une',
    ...dossier.checks.map((check) => checkLine(check, names)),
  ].join('\n');
}

function headLines(dossier: Dossier, manifest: Manifest): string[] {
  const { person } = dossier;
  const name = [person.first_name1, person.family_name ?? person.usage_name].filter(Boolean).join(' ');
  const failed = dossier.checks
    .filter((check) => check.passed === false)
    .map((check) => labelOf(CheckLabels, check.check_code));
  const verdict =
    person.listed === true
      ? `Sur la liste : ${labelOf(LeavingReasonLabels, person.reason)}${person.left_on ? `, dernier jour connu le ${frenchDate(person.left_on)}` : ''}.`
      : `Pas sur la liste. Condition non remplie : ${failed.join(' ; ') || '—'}.`;
  const flags = list(person.flags).map((flag) => labelOf(PersonFlagLabels, flag));
  const situations = list(person.known_situations).map((situation) =>
    labelOf(KnownSituationLabels, situation),
  );
  return [
    `${name}, ${born(person)}, ${text(person.age)} ans · SIEI ${dossier.siei ?? '—'}`,
    `Au ${frenchDate(manifest.asOf)}, règles ${manifest.ruleSet.id} version ${manifest.ruleSet.version} : ${labelOf(PersonStateLabels, person.state)}.`,
    verdict,
    ...(person.to_follow === true ? ['Rupture de contrat récente : à suivre, pas encore sur la liste.'] : []),
    `Mission locale : ${labelOf(MissionLocaleLabels, person.mission_locale)}.${situations.length > 0 ? ` Situation connue : ${situations.join(', ')}.` : ''}`,
    ...flags.map((flag) => `À savoir : ${flag}.`),
  ];
}

function recordLines(record: SqlRow, dossier: Dossier, names: ReadonlyMap<string, string>): string[] {
  const id = String(record.record_id);
  const own = (rows: readonly SqlRow[]) => rows.filter((row) => row.record_id === id);
  const identifiers = list(record.identifiers).map((entry) => {
    const [type = '', value = ''] = entry.split(':');
    return `${labelOf(IdentifierTypeLabels, type)} ${value}`;
  });
  const person = [record.first_name1, record.family_name ?? record.usage_name].filter(Boolean).join(' ');
  return [
    `${names.get(id) ?? ''} ${record.source === 'INTERCHANGE' ? 'Format d’échange' : text(record.source)} · ${text(record.path)}, position ${text(record.position)} · ${extracted(record.extracted_on)}`,
    `    ${person}, ${born(record)}${identifiers.length > 0 ? ` · ${identifiers.join(', ')}` : ' · sans identifiant national'}`,
    ...own(dossier.spells).map(spellLine),
    ...own(dossier.contracts).map(
      (contract) =>
        `    Contrat du ${frenchDate(contract.started_on)} au ${frenchDate(contract.planned_end)}${contract.broken_on ? `, rompu le ${frenchDate(contract.broken_on)}` : ''}`,
    ),
    ...own(dossier.awards).map(
      (award) =>
        `    ${text(award.label ?? award.type)} : ${text(award.result)} (${text(award.awarded_on ? frenchDate(award.awarded_on) : award.session)})`,
    ),
    ...own(dossier.accompaniments).map(
      (row) =>
        `    ${labelOf(KnownSituationLabels, row.structure_type)} : ${text(row.status)} depuis le ${frenchDate(row.started_on)}${row.ended_on ? ` jusqu’au ${frenchDate(row.ended_on)}` : ''}`,
    ),
  ];
}

function spellLine(spell: SqlRow): string {
  const training = spell.mef
    ? `MEF ${text(spell.mef)}`
    : spell.diploma_code
      ? `diplôme ${text(spell.diploma_code)}`
      : 'formation inconnue';
  const end =
    spell.implicit_end === true
      ? 'fin non dite, close avec l’année scolaire'
      : `jusqu’au ${frenchDate(spell.last_day)}`;
  const inClass = spell.not_in_class === true ? ' · dans aucune classe' : '';
  return `    ${text(spell.status)} à ${text(spell.uai)}, ${training}, depuis le ${frenchDate(spell.first_day)}, ${end}${inClass}`;
}

function linkLines(dossier: Dossier, names: ReadonlyMap<string, string>): string[] {
  const name = (id: unknown) => names.get(String(id)) ?? String(id);
  const links = dossier.links.flatMap((link) => [
    `  ${name(link.record_id_l)} et ${name(link.record_id_r)} : ${labelOf(LINK_SENTENCES, link.rule)}${link.identifier_type ? ` (${labelOf(IdentifierTypeLabels, link.identifier_type)})` : ''}`,
    ...weightLines(link),
  ]);
  // Those about a death are told with it.
  const between = dossier.litiges.filter(({ reason }) => reason !== 'death');
  const litiges = between.flatMap((litige) => [
    `  À trancher : ${labelOf(LITIGE_SENTENCES, litige.reason)}${litige.other_siei ? ` (SIEI ${text(litige.other_siei)})` : ''}.`,
    ...weightLines(litige),
  ]);
  return [
    ...(links.length > 0 ? links : ['  Un seul enregistrement : rien à rapprocher.']),
    ...dossier.decisions.filter((decision) => !isOfDeath(decision)).flatMap(decisionLines),
    ...litiges,
  ];
}

function checkLine(check: SqlRow, names: ReadonlyMap<string, string>): string {
  const evidence = list(check.evidence).map((id) => names.get(id) ?? id);
  const label = CheckLabels[check.check_code as CheckCode] ?? String(check.check_code);
  return `  ${check.passed === true ? 'oui' : 'non'}  ${label}${evidence.length > 0 ? ` (d’après ${evidence.join(' ')})` : ''}`;
}
