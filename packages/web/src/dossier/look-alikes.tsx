import type { CaseDetail } from '@raccroche/contract';
import { Link } from 'wouter';
import { shortDate } from '../words/dates.ts';
import { french, fullName, type Named } from '../words/texts.ts';

type LookAlike = CaseDetail['lookAlikes'][number];
type Identity = Named & { readonly birthDate: string };

const FIELDS = [
  ['Nom', ({ familyName }: Identity) => familyName],
  ['Prénoms', ({ firstNames }: Identity) => firstNames.join(', ')],
  ['Naissance', ({ birthDate }: Identity) => shortDate(birthDate)],
] as const;

/** Two identities side by side; a difference is marked by a sign and by weight, not by colour alone. */
function SideBySide({ one, other }: { readonly one: Identity; readonly other: Identity }) {
  return (
    <table className="plain-table side-by-side">
      <caption className="visually-hidden">Les deux identités, ligne à ligne</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Ce dossier</th>
          <th scope="col">L’autre</th>
        </tr>
      </thead>
      <tbody>
        {FIELDS.map(([label, read]) => {
          const differs = read(one).toLowerCase() !== read(other).toLowerCase();
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{read(one)}</td>
              <td className={differs ? 'differs' : ''}>
                {read(other)}
                {differs && <span className="tag">différent</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Item({ one, alike }: { readonly one: CaseDetail; readonly alike: LookAlike }) {
  return (
    <li className="look-alike">
      {alike.reasons.map((reason) => (
        <p key={reason}>{french(reason)}</p>
      ))}
      {alike.case === null ? (
        <p className="quiet">
          {alike.siei === one.siei
            ? 'Le doute est dans les lignes de cette personne elle-même.'
            : `L’autre porte le numéro ${alike.siei} ; vous n’avez pas accès à son dossier.`}
        </p>
      ) : (
        <>
          <SideBySide one={one} other={alike.case} />
          <p>
            <Link href={`/dossiers/${alike.case.caseId}`}>Ouvrir le dossier de {fullName(alike.case)}</Link>
          </p>
        </>
      )}
    </li>
  );
}

/** Who else this person might be, as the campaign asks; and whom else a telephone reaches. */
export function LookAlikes({ one }: { readonly one: CaseDetail }) {
  if (one.lookAlikes.length === 0 && one.samePhone.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="ressemblances">
      <h2 id="ressemblances">Peut-être une autre personne</h2>
      <ul>
        {one.lookAlikes.map((alike) => (
          <Item key={alike.siei} one={one} alike={alike} />
        ))}
        {one.samePhone.map((other) => (
          <li key={other.caseId} className="look-alike">
            Un de ses numéros joint aussi <Link href={`/dossiers/${other.caseId}`}>{fullName(other)}</Link>.
          </li>
        ))}
      </ul>
    </section>
  );
}
