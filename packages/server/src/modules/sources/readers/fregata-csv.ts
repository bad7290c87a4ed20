import { INE_PATTERNS } from '@raccroche/contract';
import { openText } from '../opening/open-text.ts';
import { FileRejection, type Reader, type Sidecar } from '../reader.ts';
import { toInseeCountry } from './country-codes.ts';
import { type CsvRow, type CsvShape, readCsvRows } from './csv-rows.ts';
import { fregataStatusOf } from './fregata-status.ts';
import { fregataHeader } from './header-names.ts';
import { type RowValues, sexOf } from './row-values.ts';

/** Columns that are read, as `fregataHeader` writes them. Source: formats §4. */
const COLUMNS = [
  'identifiant unique',
  'premier prenom',
  'deuxieme prenom',
  'troisieme prenom',
  'nom famille',
  'nom usage',
  'sexe',
  'date naissance',
  'code commune naissance',
  'code pays naissance',
  'statut',
  'code mef',
  'division',
] as const;
type Column = (typeof COLUMNS)[number];

const SHAPE: CsvShape = {
  columnOf: (header) => {
    const told = fregataHeader(header);
    return COLUMNS.find((column) => column === told);
  },
  required: ['identifiant unique', 'nom famille', 'date naissance'],
};

const INE = Object.values(INE_PATTERNS).map((pattern) => new RegExp(pattern));

/** FREGATA's CSV export: it says neither the school nor the year, which the sidecar must tell. Source: formats §4, §7. */
export const fregataCsvReader: Reader = {
  kind: 'fregata-csv',
  async read({ bytes, sidecar }, sink) {
    const { uai, schoolYear } = requiredOf(sidecar);
    const year = String(schoolYear);
    const { text } = await openText(bytes, sink);
    const onRow = (row: CsvRow, position: string): void => {
      const values = enrolmentOf(row, uai, year);
      sink.row(position, [{ kind: 'inscriptions', values }]);
    };
    await readCsvRows(text, SHAPE, onRow, sink);
  },
};

function requiredOf({ uai, schoolYear }: Sidecar): { uai: string; schoolYear: number } {
  if (uai === undefined) throw new FileRejection('compagnon_absent', 'uai');
  if (schoolYear === undefined) throw new FileRejection('compagnon_absent', 'annee_scolaire');
  return { uai, schoolYear };
}

/** One literal, no spread: this runs once a row. */
function enrolmentOf(row: CsvRow, uai: string, year: string): RowValues {
  const value = (column: Column): string | undefined => row.get(column);
  const status = fregataStatusOf(value('statut'));
  const id = value('identifiant unique')?.toUpperCase().replace(/\s+/g, '');
  const isIne = id !== undefined && INE.some((pattern) => pattern.test(id));
  return {
    // An INE when it has the shape of one, else an INA.
    ine: isIne ? id : undefined,
    x_ina: isIne ? undefined : id,
    nom_famille: value('nom famille'),
    nom_usage: value('nom usage'),
    prenom1: value('premier prenom'),
    prenom2: value('deuxieme prenom'),
    prenom3: value('troisieme prenom'),
    sexe: sexOf(value('sexe')),
    date_naissance: value('date naissance'),
    commune_naissance: value('code commune naissance'),
    pays_naissance: toInseeCountry(value('code pays naissance')),
    statut: status.statut,
    mef: value('code mef'),
    classe: value('division'),
    uai,
    annee_scolaire: year,
    x_non_inscrit: status.enrolled ? undefined : '1',
  };
}
