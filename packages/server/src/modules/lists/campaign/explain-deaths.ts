import type { SqlRow } from '../../../platform/duckdb/database.ts';
import { decisionLines } from './explain-decisions.ts';
import { weightLines } from './explain-weights.ts';
import { extracted, frenchDate } from './french.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  same_name_birth:
    'mêmes nom, prénom, date et lieu de naissance, rien ne s’y oppose, et personne d’autre ne lui correspond aussi bien',
  decision: 'quelqu’un l’a décidé',
  look_alike: 'écrit autrement, mais tout le reste se ressemble, et personne d’autre ne lui ressemble autant',
};
const TO_CHECK =
  'un décès lui ressemble, sans que ce soit sûr. Ni lettre ni appel avant qu’une personne ait tranché';

/** Short names for deaths within one explanation, beside those of records: [D1], [D2]… */
export function deathNames(deaths: readonly SqlRow[]): ReadonlyMap<string, string> {
  return new Map(deaths.map((death, index) => [String(death.death_id), `[D${index + 1}]`]));
}

/**
 * Why a person is held for dead, or may be: what INSEE tells, what speaks for it, its code, and what people decided. Nothing
 * when no death is near and nothing was decided.
 */
export function deathLines(deaths: readonly SqlRow[], decisions: readonly SqlRow[]): string[] {
  if (deaths.length + decisions.length === 0) return [];
  const names = deathNames(deaths);
  return [
    '',
    'Le fichier des décès (INSEE)',
    ...deaths.flatMap((death) => [
      `  ${names.get(String(death.death_id)) ?? ''} ${String(death.path)}, ligne ${String(death.position)} · ${extracted(death.extracted_on)}`,
      `    ${deadPerson(death)}, décès le ${frenchDate(death.died_on)} · code ${String(death.code)}`,
      `    ${standing(death)}.`,
      ...weightLines(death),
    ]),
    ...decisions.flatMap(decisionLines),
  ];
}

function standing(death: SqlRow): string {
  if (death.standing === 'to_check') return `À vérifier : ${TO_CHECK}`;
  if (death.standing === 'parted') return 'Écarté : quelqu’un a décidé que ce n’est pas son décès';
  return `Considéré comme son décès : ${SENTENCES[String(death.rule)] ?? String(death.rule)}`;
}

function deadPerson(death: SqlRow): string {
  const name = [death.first_names, death.family_name].filter(Boolean).join(' ');
  const place = death.birth_commune ?? death.birth_country;
  const born = death.sex === 'M' ? 'né' : 'née';
  return `${name}, ${born} le ${frenchDate(death.birth_date)}${place ? ` (lieu de naissance ${String(place)})` : ''}`;
}
