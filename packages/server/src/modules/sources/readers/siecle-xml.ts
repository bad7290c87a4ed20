import { parseCivilDate } from '../../../kernel/civil-date.ts';
import { parseXml, type XmlHandlers } from '../../../platform/xml/parse-xml.ts';
import { openText } from '../opening/open-text.ts';
import { toFileRejection } from '../opening/to-file-rejection.ts';
import { FileRejection, type Reader, type ReaderInput, type RowSink } from '../reader.ts';
import { countryCodeOfName, toInseeCountry } from './country-codes.ts';
import { addressOf, clean, type RowValues, schoolStatusOf, sexOf } from './row-values.ts';
import type { SiecleClassIndex } from './siecle-class-index.ts';
import { indexSiecleClasses } from './siecle-structures.ts';

/** Elements of a pupil that are read; the text of all others is never built. */
const PUPIL_FIELDS = [
  'ID_NATIONAL',
  'NOM_DE_FAMILLE',
  'NOM',
  'NOM_USAGE',
  'PRENOM',
  'PRENOM2',
  'PRENOM3',
  'DATE_NAISS',
  'CODE_SEXE',
  'CODE_PAYS',
  'CODE_COMMUNE_INSEE_NAISS',
  'CODE_MEF',
  'CODE_STATUT',
  'DATE_ENTREE',
  'DATE_SORTIE',
  'CODE_MOTIF_SORTIE',
  'LIGNE1_ADRESSE',
  'LIGNE2_ADRESSE',
  'LIGNE3_ADRESSE',
  'LIGNE4_ADRESSE',
  'CODE_POSTAL',
  'LL_PAYS',
  'CODE_COMMUNE_INSEE',
  'TEL_PERSONNEL',
  'TEL_PORTABLE',
  'MEL',
] as const;
type PupilField = (typeof PUPIL_FIELDS)[number];
/** Values are kept by rank in one array a file: an object with 26 keys a pupil would cost as much as the parsing. */
const FIELD_RANKS: ReadonlyMap<string, number> = new Map(PUPIL_FIELDS.map((name, rank) => [name, rank]));
const RANK = Object.fromEntries(PUPIL_FIELDS.map((name, rank) => [name, rank])) as Record<PupilField, number>;
const NO_FIELD = -1;
const ADDRESS_RANKS = [RANK.LIGNE1_ADRESSE, RANK.LIGNE2_ADRESSE, RANK.LIGNE3_ADRESSE, RANK.LIGNE4_ADRESSE];

const FILE_FIELDS: ReadonlySet<string> = new Set(['UAJ', 'ANNEE_SCOLAIRE', 'DATE_EXPORT', 'HORODATAGE']);

/** Depths in BEE_ELEVES/PARAMETRES/… and BEE_ELEVES/DONNEES/ELEVES/ELEVE/…; the same names stand deeper with other meanings. */
const FILE_FIELD_DEPTH = 3;
const PUPIL_DEPTH = 4;
const PUPIL_FIELD_DEPTH = 5;

/**
 * SIECLE "ElevesSansAdresses / ElevesAvecAdresses". Source: formats §1.
 * The file is gone through up to three times: natively for its encoding, by a text search for its structures, and once by the parser.
 */
export const siecleXmlReader: Reader = {
  kind: 'siecle-xml',
  async read(input, sink) {
    try {
      const opened = await openText(input.bytes, sink);
      const classes = await indexSiecleClasses(input.bytes, opened);
      const pupils = new PupilHandlers(input, sink, classes);
      await parseXml(opened.text(), pupils, () => sink.drained());
      if (pupils.count === 0) throw new FileRejection('fichier_vide');
    } catch (cause) {
      throw toFileRejection(cause);
    }
  },
};

class PupilHandlers implements XmlHandlers {
  count = 0;
  readonly #sink: RowSink;
  readonly #input: ReaderInput;
  readonly #classes: SiecleClassIndex;
  readonly #file = new Map<string, string>();
  #depth = 0;
  #inPupils = false;
  #pupilId: string | undefined;
  /** Values of the pupil being read, by rank; undefined when absent or empty. */
  readonly #fields = new Array<string | undefined>(PUPIL_FIELDS.length).fill(undefined);
  #rank = NO_FIELD;
  #uai: string | undefined;
  #schoolYear: string | undefined;

  constructor(input: ReaderInput, sink: RowSink, classes: SiecleClassIndex) {
    this.#input = input;
    this.#sink = sink;
    this.#classes = classes;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): boolean {
    const depth = ++this.#depth;
    if (depth === PUPIL_FIELD_DEPTH) {
      this.#rank = this.#pupilId === undefined ? NO_FIELD : (FIELD_RANKS.get(name) ?? NO_FIELD);
      return this.#rank !== NO_FIELD;
    }
    if (depth === PUPIL_DEPTH) {
      if (!this.#inPupils || name !== 'ELEVE') return false;
      this.#pupilId = attributes.ELEVE_ID?.trim() ?? '';
      this.#fields.fill(undefined);
      return false;
    }
    if (depth === FILE_FIELD_DEPTH) {
      this.#inPupils = name === 'ELEVES';
      return FILE_FIELDS.has(name);
    }
    return false;
  }

  close(name: string, text: string): void {
    const depth = this.#depth--;
    if (depth === PUPIL_FIELD_DEPTH) {
      if (this.#rank !== NO_FIELD && text !== '') this.#fields[this.#rank] = text;
      this.#rank = NO_FIELD;
    } else if (depth === PUPIL_DEPTH) {
      if (this.#pupilId !== undefined) this.#emit(this.#pupilId);
      this.#pupilId = undefined;
    } else if (depth === FILE_FIELD_DEPTH) {
      if (FILE_FIELDS.has(name)) this.#file.set(name, text.trim());
    } else if (name === 'PARAMETRES') this.#describe();
  }

  #describe(): void {
    const { sidecar } = this.#input;
    const uai = clean(this.#file.get('UAJ'));
    const year = /^(\d{4})(?:-\d{4})?$/.exec(this.#file.get('ANNEE_SCOLAIRE') ?? '')?.[1];
    const exported = this.#file.get('DATE_EXPORT') ?? this.#file.get('HORODATAGE')?.slice(0, 10);
    this.#uai = sidecar.uai ?? uai;
    this.#schoolYear = sidecar.schoolYear === undefined ? year : String(sidecar.schoolYear);
    this.#sink.describe({
      uai,
      schoolYear: year === undefined ? undefined : Number(year),
      extractedOn: parseCivilDate(exported),
    });
  }

  /** One literal, no spread: this runs once a pupil. */
  #emit(pupilId: string): void {
    this.count++;
    const fields = this.#fields;
    const { className, inactiveOnly } = this.#classes.get(pupilId);
    const leftOn = clean(fields[RANK.DATE_SORTIE]);
    const values: RowValues = {
      identifiant_source: pupilId || undefined,
      ine: fields[RANK.ID_NATIONAL],
      nom_famille: fields[RANK.NOM_DE_FAMILLE] ?? fields[RANK.NOM],
      nom_usage: fields[RANK.NOM_USAGE],
      prenom1: fields[RANK.PRENOM],
      prenom2: fields[RANK.PRENOM2],
      prenom3: fields[RANK.PRENOM3],
      sexe: sexOf(clean(fields[RANK.CODE_SEXE])),
      date_naissance: fields[RANK.DATE_NAISS],
      commune_naissance: fields[RANK.CODE_COMMUNE_INSEE_NAISS],
      pays_naissance: toInseeCountry(clean(fields[RANK.CODE_PAYS])),
      adresse: addressOf(ADDRESS_RANKS.map((rank) => fields[rank])),
      code_postal: fields[RANK.CODE_POSTAL],
      commune_residence: fields[RANK.CODE_COMMUNE_INSEE],
      pays_residence: countryCodeOfName(clean(fields[RANK.LL_PAYS])),
      telephone: fields[RANK.TEL_PERSONNEL],
      portable: fields[RANK.TEL_PORTABLE],
      courriel: fields[RANK.MEL],
      uai: this.#uai ?? this.#input.sidecar.uai,
      annee_scolaire: this.#schoolYear ?? this.#input.sidecar.schoolYear?.toString(),
      statut: schoolStatusOf(clean(fields[RANK.CODE_STATUT])),
      mef: fields[RANK.CODE_MEF],
      classe: className,
      date_debut: fields[RANK.DATE_ENTREE],
      date_fin: leftOn,
      // The national table of reasons is not public: a coded reason is told, not read.
      motif_fin: clean(fields[RANK.CODE_MOTIF_SORTIE]) === undefined ? undefined : 'inconnu',
      x_hors_classe: inactiveOnly && leftOn === undefined ? '1' : undefined,
    };
    // A pupil without ELEVE_ID is told by its rank.
    this.#sink.row(pupilId || `#${this.count}`, [{ kind: 'inscriptions', values }]);
  }
}
