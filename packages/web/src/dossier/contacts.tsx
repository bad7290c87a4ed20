import type { CaseDetail, ContactPoint } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { shortDate, since } from '../words/dates.ts';
import { phone } from '../words/texts.ts';

const LINKS = { phone: 'tel:', email: 'mailto:' } as const;

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => tell({ tone: 'done', text: 'Numéro copié.' }),
    () => tell({ tone: 'problem', text: 'Votre navigateur n’a pas permis de copier.' }),
  );
}

function Point({ point }: { readonly point: ContactPoint }) {
  const shown = point.kind === 'phone' ? phone(point.value) : point.value;
  return (
    <li>
      {point.kind === 'address' ? (
        <span>{shown}</span>
      ) : (
        <a href={LINKS[point.kind] + point.value}>{shown}</a>
      )}
      {point.kind === 'phone' && (
        <button
          type="button"
          className="button-small"
          aria-label={`Copier le numéro ${shown}`}
          onClick={() => copy(point.value)}
        >
          Copier
        </button>
      )}
      <span className="quiet point-source">
        {point.source === 'list' ? 'dit par la liste du' : 'noté par la plateforme le'}{' '}
        {shortDate(point.toldOn)} ({since(point.toldOn, today())})
      </span>
    </li>
  );
}

/** Ways to reach the person and, for a minor, the legal representative; from where each was read. */
export function Contacts({ one }: { readonly one: CaseDetail }) {
  return (
    <div className="contacts">
      {one.contacts.length === 0 ? (
        <p>Aucune coordonnée connue.</p>
      ) : (
        <ul aria-label="Coordonnées">
          {one.contacts.map((point) => (
            <Point key={`${point.kind} ${point.value}`} point={point} />
          ))}
        </ul>
      )}
      {one.representatives.map(({ name, relation, contacts }) => (
        <div key={name}>
          <p>
            Représentant légal : <strong>{name}</strong>
            {relation === null ? '' : ` (${relation})`}
          </p>
          <ul aria-label={`Coordonnées de ${name}`}>
            {contacts.map((point) => (
              <Point key={`${point.kind} ${point.value}`} point={point} />
            ))}
          </ul>
        </div>
      ))}
      {one.minor && one.representatives.length === 0 && (
        <p className="quiet">Représentant légal : non connu de la liste.</p>
      )}
    </div>
  );
}
