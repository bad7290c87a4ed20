import { shortDate } from '../words/dates.ts';
import type { Named } from '../words/texts.ts';

type Identity = Named & { readonly birthDate: string };

const FIELDS = [
  ['Nom', ({ familyName }: Identity) => familyName],
  ['Prénoms', ({ firstNames }: Identity) => firstNames.join(', ')],
  ['Naissance', ({ birthDate }: Identity) => shortDate(birthDate)],
] as const;

/** Two identities side by side; a difference is marked by a sign and by weight, not by colour alone. */
export function TwoIdentities({ one, other }: { readonly one: Identity; readonly other: Identity }) {
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
