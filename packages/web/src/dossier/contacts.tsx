import type { CaseDetail, ContactPoint } from '@raccroche/contract';
import { useState } from 'react';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { may, useMe } from '../client/session.ts';
import { shortDate, since } from '../words/dates.ts';
import { phone } from '../words/texts.ts';
import { useCaseAct } from './use-case-act.tsx';

const LINKS = { phone: 'tel:', email: 'mailto:' } as const;

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => tell({ tone: 'done', text: 'Numéro copié.' }),
    () => tell({ tone: 'problem', text: 'Votre navigateur n’a pas permis de copier.' }),
  );
}

/** « vérifié il y a 3 jours », « faux depuis le 12/09/2025 »; empty while nobody knows. */
function qualityOf({ quality, qualityOn }: ContactPoint): string {
  if (quality === 'untested') return '';
  if (quality === 'wrong') return qualityOn === null ? 'faux' : `faux depuis le ${shortDate(qualityOn)}`;
  return qualityOn === null ? 'vérifié' : `vérifié ${since(qualityOn, today())}`;
}

function Marks({ one, point, holder }: Omit<PointProps, 'canMark'>) {
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  const mark = (as: 'verified' | 'wrong') =>
    void send({
      route: 'markContact',
      body: { mark: as, kind: point.kind, value: point.value, ...(holder === undefined ? {} : { holder }) },
      done: as === 'wrong' ? 'Coordonnée notée fausse' : 'Coordonnée vérifiée',
      mine: as === 'wrong' ? 'Coordonnée fausse' : 'Coordonnée vérifiée',
    });
  return (
    <>
      {(['verified', 'wrong'] as const).map(
        (as) =>
          point.quality !== as && (
            <button
              key={as}
              type="button"
              className="button-small"
              disabled={busy}
              aria-label={`${as === 'wrong' ? 'C’est faux' : 'C’est juste'} : ${point.value}`}
              onClick={() => mark(as)}
            >
              {as === 'wrong' ? 'Faux' : 'Juste'}
            </button>
          ),
      )}
      {trouble}
    </>
  );
}

interface PointProps {
  readonly one: CaseDetail;
  readonly point: ContactPoint;
  readonly canMark: boolean;
  /** The legal representative whose it is. */
  readonly holder?: string;
}

function Point({ one, point, canMark, holder }: PointProps) {
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
      {canMark && <Marks one={one} point={point} {...(holder === undefined ? {} : { holder })} />}
      {point.quality !== 'untested' && (
        <span className={point.quality === 'wrong' ? 'tag tag-wrong' : 'tag'}>{qualityOf(point)}</span>
      )}
      {point.source === 'platform' && (
        <span className="quiet point-source">noté par la plateforme le {shortDate(point.toldOn)}</span>
      )}
    </li>
  );
}

/** What a legal representative says of being contacted: theirs alone. */
function Refusal({
  one,
  name,
  refuses,
}: {
  readonly one: CaseDetail;
  readonly name: string;
  readonly refuses: boolean;
}) {
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  const words = refuses ? 'Accepte d’être contacté' : 'Ne souhaite pas être contacté';
  return (
    <>
      <button
        type="button"
        className="button-small"
        disabled={busy}
        aria-label={`${words} : ${name}`}
        onClick={() =>
          void send({
            route: 'answerOfRepresentative',
            body: { name, refuses: !refuses },
            done: `Représentant légal : ${words.toLowerCase()}`,
            mine: words,
          })
        }
      >
        {refuses ? 'Accepte finalement' : 'Ne souhaite pas'}
      </button>
      {trouble}
    </>
  );
}

/** A legal representative of a minor: how to reach them, and whether they wish it. */
function RepresentativeContacts({
  one,
  representative: { name, relation, refuses, contacts },
  canMark,
}: {
  readonly one: CaseDetail;
  readonly representative: CaseDetail['representatives'][number];
  readonly canMark: boolean;
}) {
  // Without a name nothing can be said of them in particular.
  const canTell = canMark && name !== '';
  return (
    <div>
      <p>
        Représentant légal : <strong>{name === '' ? 'nom non connu' : name}</strong>
        {relation === null ? '' : ` (${relation})`}
        {refuses && <span className="tag">ne souhaite pas être contacté</span>}{' '}
        {canTell && <Refusal one={one} name={name} refuses={refuses} />}
      </p>
      <ul aria-label={`Coordonnées du représentant légal ${name}`}>
        {contacts.map((point) => (
          <Point
            key={`${point.kind} ${point.value}`}
            one={one}
            point={point}
            canMark={canTell}
            holder={name}
          />
        ))}
      </ul>
    </div>
  );
}

/** Ways to reach the person and, for a minor, the legal representative; from where each was read, what it is worth. */
export function Contacts({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const [marking, setMarking] = useState(false);
  const mayMark = me !== undefined && me !== null && may(me, 'case.act') && one.pathway !== 'closed';
  const canMark = mayMark && marking;
  const listed = one.contacts.find(({ source }) => source === 'list');
  return (
    <div className="contacts">
      {one.contacts.length === 0 ? (
        <p>Aucune coordonnée connue.</p>
      ) : (
        <ul aria-label="Coordonnées">
          {one.contacts.map((point) => (
            <Point key={`${point.kind} ${point.value}`} one={one} point={point} canMark={canMark} />
          ))}
        </ul>
      )}
      {listed && (
        <p className="quiet point-source">
          D’après la liste du {shortDate(listed.toldOn)} ({since(listed.toldOn, today())}).
        </p>
      )}
      {one.representatives.map((representative) => (
        <RepresentativeContacts
          key={representative.name}
          one={one}
          representative={representative}
          canMark={canMark}
        />
      ))}
      {one.minor && one.representatives.length === 0 && (
        <p className="quiet">Représentant légal : non connu de la liste.</p>
      )}
      {mayMark && one.contacts.length + one.representatives.length > 0 && (
        <button type="button" className="link" aria-pressed={marking} onClick={() => setMarking(!marking)}>
          {marking ? 'Terminer' : 'Dire ce que valent ces coordonnées'}
        </button>
      )}
    </div>
  );
}
