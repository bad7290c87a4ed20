import { type Litige, SourceLabels } from '@raccroche/contract';
import { Link } from 'wouter';
import { shortDate } from '../words/dates.ts';
import { type Cell, columnsOf, fieldLines } from './compare-fields.ts';

const MARKS = {
  differs: ['≠', 'différent'],
  same: ['=', 'identique'],
  absent: ['', 'non connu'],
  reference: ['', ''],
} as const;

function Value({ cell }: { readonly cell: Cell }) {
  const [sign, word] = MARKS[cell.standing];
  return (
    <td className={`compare-${cell.standing}`}>
      {sign !== '' && (
        <span className="compare-sign" aria-hidden>
          {sign}
        </span>
      )}
      <span aria-hidden={cell.standing === 'absent'}>
        {cell.parts.map(({ key, text, differs }) => (differs ? <mark key={key}>{text}</mark> : text))}
      </span>
      {word !== '' && <span className="visually-hidden"> ({word})</span>}
    </td>
  );
}

function SideHead({ litige, number }: { readonly litige: Litige; readonly number: string }) {
  const side = litige.sides?.find((one) => one.number === number);
  const found = litige.cases.find(({ siei }) => siei === number);
  const standing =
    side?.listed === null ? 'Fichier des décès (INSEE)' : side?.listed ? 'Sur la liste' : 'Sur aucune liste';
  return (
    <th scope="colgroup" colSpan={side?.records.length ?? 1}>
      {standing}
      <br />
      {found ? (
        <Link href={`/dossiers/${found.caseId}`}>Dossier {number}</Link>
      ) : (
        <span className="compare-number">{number}</span>
      )}
    </th>
  );
}

/** The short name of a source: what stands before its explanation. */
const sourceLabel = (source: string): string =>
  ((SourceLabels as Readonly<Record<string, string>>)[source] ?? source).split(' (')[0] ?? source;

/** What each file tells of both, one line a field; a difference is marked by a sign, a frame and a colour. */
export function SideBySide({ litige }: { readonly litige: Litige }) {
  const columns = columnsOf(litige);
  return (
    // A wide table is moved within its own frame: the link to the case brings the keyboard there.
    <section className="compare-frame" aria-label="Ce que disent les fichiers, côte à côte">
      <table className="compare">
        <caption className="visually-hidden">
          Une ligne par information, une colonne par fiche reçue. Les différences sont dites par rapport à la
          première.
        </caption>
        {litige.sides?.map(({ number, records: own }) => (
          <colgroup key={number} span={own.length} />
        ))}
        <thead>
          <tr>
            <td />
            {litige.sides?.map(({ number }) => (
              <SideHead key={number} litige={litige} number={number} />
            ))}
          </tr>
          <tr>
            <td />
            {columns.map(({ key, record: { source, extractedOn } }) => (
              <th key={key} scope="col">
                {sourceLabel(source)}
                {extractedOn !== null && <span className="compare-date"> du {shortDate(extractedOn)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fieldLines(columns).map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell) => (
                <Value key={cell.key} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
