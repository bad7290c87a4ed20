import { frenchDate } from '../calendar.ts';
import type { RowFailures } from '../failures.ts';
import { csvLine } from '../files/csv.ts';
import type { LineFile, Outbox, RowOrigin, Sidecar } from '../files/outbox.ts';
import { FRANCE } from '../france/addresses.ts';
import type { Life } from '../life/model.ts';
import { isRepeated } from './sender-context.ts';
import type { ToldIdentity } from './told-identity.ts';

const IDENTITY = [
  'identifiant_source',
  'ine',
  'nom_famille',
  'nom_usage',
  'prenom1',
  'prenom2',
  'prenom3',
  'sexe',
  'date_naissance',
  'commune_naissance',
  'pays_naissance',
  'adresse',
  'code_postal',
  'commune_residence',
  'pays_residence',
  'telephone',
  'portable',
  'courriel',
  'resp1_nom',
  'resp1_prenom',
  'resp1_lien',
  'resp1_telephone',
  'resp1_courriel',
  'date_maj',
] as const;

/** Columns of the four kinds of the interchange format. Source: formats.md §6. */
const OWN_COLUMNS = {
  inscriptions: [
    'uai',
    'annee_scolaire',
    'statut',
    'mef',
    'code_diplome',
    'classe',
    'date_debut',
    'date_fin',
    'motif_fin',
  ],
  diplomes: ['type', 'code_diplome', 'libelle', 'niveau', 'session', 'date_obtention', 'resultat'],
  contrats: [
    'numero_contrat',
    'type',
    'uai_cfa',
    'code_diplome',
    'siret_employeur',
    'date_debut',
    'date_fin_prevue',
    'date_rupture',
    'motif_rupture',
  ],
  accompagnements: [
    'structure_type',
    'structure_id',
    'structure_nom',
    'numero_siei',
    'date_debut',
    'date_fin',
    'date_dernier_contact',
    'statut',
  ],
} as const;

type InterchangeKind = keyof typeof OWN_COLUMNS;

/** How the sender writes: separators, dates and a byte order mark vary as they do in life. */
export interface InterchangeStyle {
  readonly separator: ';' | ',';
  readonly frenchDates: boolean;
  readonly mark: boolean;
}

/** One row: whom it tells of, under which id of the sender, and the values of its own columns by name. */
export interface InterchangeRow<Kind extends InterchangeKind> {
  readonly told: ToldIdentity;
  readonly life: Life;
  readonly sourceId: string;
  /** Tells the legal representative too. */
  readonly withParent?: boolean;
  readonly updatedOn?: string | undefined;
  readonly own: Readonly<Partial<Record<(typeof OWN_COLUMNS)[Kind][number], string | undefined>>>;
}

/** A file of the interchange format, open for rows. Source: formats.md §6. */
export class InterchangeFile<Kind extends InterchangeKind> {
  readonly #kind: Kind;
  readonly #style: InterchangeStyle;
  readonly #file: LineFile;

  constructor(outbox: Outbox, path: string, kind: Kind, style: InterchangeStyle, sidecar: Sidecar) {
    this.#kind = kind;
    this.#style = style;
    this.#file = outbox.lines(path, () => ({
      head: `${style.mark ? '\uFEFF' : ''}${csvLine([...IDENTITY, ...OWN_COLUMNS[kind]], style.separator)}\r\n`,
      sidecar,
      firstPosition: 2,
    }));
  }

  add(row: InterchangeRow<Kind>, origin: RowOrigin): void {
    const own: Readonly<Record<string, string | undefined>> = row.own;
    const values = [...identityValues(row), ...OWN_COLUMNS[this.#kind].map((column) => own[column])];
    const written = this.#style.frenchDates ? values.map(inFrench) : values;
    this.#file.add(`${csvLine(written, this.#style.separator)}\r\n`, origin);
  }
}

/** Adds a row to a file, and what went wrong with it; a second time, the very same, where a sender wrote it twice. */
export function addTold<Kind extends InterchangeKind>(
  file: InterchangeFile<Kind>,
  failures: RowFailures,
  row: InterchangeRow<Kind>,
): void {
  const twice = isRepeated(failures);
  const origin = { personId: row.life.person.id, failures: failures.hits };
  file.add(row, origin);
  if (twice) file.add(row, origin);
}

const inFrench = (value: string | undefined): string | undefined =>
  value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? frenchDate(value) : value;

/** The identity columns of a row, in their order. */
function identityValues({
  told,
  life,
  sourceId,
  withParent,
  updatedOn,
}: Omit<InterchangeRow<InterchangeKind>, 'own'>): (string | undefined)[] {
  const { address } = told;
  const parent = withParent ? life.person.parent : undefined;
  return [
    sourceId,
    told.ine,
    told.familyName,
    told.usageName,
    told.givenNames[0],
    told.givenNames[1],
    told.givenNames[2],
    told.sex,
    told.birthDate,
    told.birthCommune?.code,
    told.birthCountry === FRANCE ? undefined : told.birthCountry,
    address?.lines.join(' '),
    address?.postalCode,
    address?.commune?.code,
    address?.country,
    told.phone,
    told.mobile,
    told.email,
    parent?.familyName,
    parent?.givenName,
    parent?.link,
    parent?.phone,
    parent?.email,
    updatedOn,
  ];
}
