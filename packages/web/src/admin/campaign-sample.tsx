import type { Sampled } from '@raccroche/contract';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useChange } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';

function People({ people }: { readonly people: readonly Sampled[] }) {
  return (
    <table className="plain-table admin-table">
      <caption className="visually-hidden">Personnes tirées au sort</caption>
      <thead>
        <tr>
          <th scope="col">Personne</th>
          <th scope="col">Commune</th>
          <th scope="col">Dernier établissement</th>
          <th scope="col">Sortie</th>
        </tr>
      </thead>
      <tbody>
        {people.map((one) => (
          <tr key={one.siei}>
            <th scope="row">
              {one.familyName} {one.firstNames[0]}
              <span className="row-sub">
                naissance le {shortDate(one.birthDate)} · {one.siei}
              </span>
            </th>
            <td data-label="Commune">
              {one.commune ?? 'inconnue'} ({one.department})
            </td>
            <td data-label="Dernier établissement">{one.lastSchool ?? 'inconnu'}</td>
            <td data-label="Sortie">{one.leftOn === null ? 'inconnue' : shortDate(one.leftOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Twenty names at random, to look at before the list goes out. Says first that it is written down. */
export function Sample({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const [people, setPeople] = useState<readonly Sampled[]>();
  const { busy, trouble, send } = useChange({ name: `sample ${name}`, values: {} });
  const draw = () =>
    void send(async () => setPeople((await call('sampleCampaign', { params: { name } })).people));
  return (
    <section className="act-form" aria-label={`Vingt noms de ${name}`}>
      {trouble}
      {people === undefined ? (
        <p>
          Vingt personnes de la liste, tirées au sort, pour voir d’un coup d’œil si elle tient debout : âges,
          communes, établissements, dates. Ce sont des noms : la trace dira que vous les avez vus.
        </p>
      ) : (
        <>
          <p role="status">{counted(people.length, 'personne tirée au sort', 'personnes tirées au sort')}.</p>
          <People people={people} />
        </>
      )}
      <p className="actions">
        <button type="button" className="button" disabled={busy} onClick={draw}>
          {people === undefined ? 'Tirer vingt noms' : 'En tirer vingt autres'}
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Fermer
        </button>
      </p>
    </section>
  );
}
