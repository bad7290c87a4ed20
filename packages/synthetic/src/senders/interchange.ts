import { frenchDate } from '../calendar.ts';
import { csvText } from '../files/csv.ts';
import type { Sidecar } from '../files/delivery-folder.ts';
import type { Life } from '../life/model.ts';
import { FRANCE } from '../places.ts';
import type { SenderContext } from './sender-context.ts';
import type { ToldIdentity } from './told-identity.ts';

/** Values of one row by column; what is left out is empty. */
export type InterchangeRow = Readonly<Record<string, string | undefined>>;

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

export interface InterchangeFile {
  readonly path: string;
  readonly kind: keyof typeof OWN_COLUMNS;
  readonly rows: ReadonlyArray<{ readonly personId: string; readonly row: InterchangeRow }>;
  readonly sidecar: Sidecar;
  /** How the sender writes: separators, dates and a byte order mark vary as they do in life. */
  readonly style: { readonly separator: ';' | ','; readonly frenchDates: boolean; readonly mark: boolean };
}

/** Writes one file of the interchange format. A file without rows is not sent. */
export function deliverInterchange({ folder }: SenderContext, file: InterchangeFile): void {
  if (file.rows.length === 0) return;
  const columns = [...IDENTITY, ...OWN_COLUMNS[file.kind]];
  const write = (value: string | undefined) =>
    file.style.frenchDates && value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? frenchDate(value)
      : value;
  const lines = file.rows.map(({ row }) => columns.map((column) => write(row[column])));
  const text = csvText(columns, lines, { separator: file.style.separator });
  folder.write(file.path, Buffer.from(`${file.style.mark ? '\uFEFF' : ''}${text}`, 'utf8'), file.sidecar);
  folder.tell(
    file.path,
    file.rows.map(({ personId }, index) => ({ position: String(index + 2), personId })),
  );
}

/** The identity columns of a row. `withParent` for senders that know the legal representative. */
export function identityColumns(
  told: ToldIdentity,
  life: Life,
  sourceId: string,
  withParent = false,
): InterchangeRow {
  const { address } = told;
  const { parent } = life.person;
  return {
    identifiant_source: sourceId,
    ine: told.ine,
    nom_famille: told.familyName,
    nom_usage: told.usageName,
    prenom1: told.givenNames[0],
    prenom2: told.givenNames[1],
    prenom3: told.givenNames[2],
    sexe: told.sex,
    date_naissance: told.birthDate,
    commune_naissance: told.birthCommune?.code,
    pays_naissance: told.birthCountry === FRANCE ? undefined : told.birthCountry,
    adresse: address?.lines.join(', '),
    code_postal: address?.postalCode,
    commune_residence: address?.commune?.code,
    pays_residence: address?.country,
    telephone: told.phone,
    portable: told.mobile,
    courriel: told.email,
    ...(withParent
      ? {
          resp1_nom: parent.familyName,
          resp1_prenom: parent.givenName,
          resp1_lien: parent.link,
          resp1_telephone: parent.phone,
          resp1_courriel: parent.email,
        }
      : {}),
  };
}
