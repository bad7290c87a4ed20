import type { CaseDetail } from '@raccroche/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Found, useSearch } from '../frame/use-search.ts';
import { shortDate } from '../words/dates.ts';
import { fullName, listName } from '../words/texts.ts';
import { JoinHere } from './join-here.tsx';
import { TwoIdentities } from './two-identities.tsx';

type Case = Found[number]['case'];

function Choices({
  found,
  onChoose,
}: {
  readonly found: readonly Case[];
  readonly onChoose: (other: Case) => void;
}) {
  if (found.length === 0) return <p>Aucun autre dossier ouvert de ce nom parmi ceux que vous pouvez voir.</p>;
  return (
    <ul className="duplicate-choices">
      {found.map((other) => (
        <li key={other.caseId}>
          <button type="button" className="button button-quiet" onClick={() => onChoose(other)}>
            {listName(other)} · {shortDate(other.birthDate)}
            {other.communeName !== null && ` · ${other.communeName}`}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Chosen({
  one,
  other,
  onLeave,
}: {
  readonly one: CaseDetail;
  readonly other: Case;
  readonly onLeave: () => void;
}) {
  return (
    <>
      <TwoIdentities one={one} other={other} />
      <p>
        <Link href={`/dossiers/${other.caseId}`}>Ouvrir le dossier de {fullName(other)}</Link>
      </p>
      <p>
        Réunir clôt l’autre dossier : son histoire se lit ici, et cela se défait. La prochaine campagne en est
        avertie.
      </p>
      <div className="duty-actions">
        <JoinHere one={one} other={other.caseId} />
        <button type="button" className="button button-quiet" onClick={onLeave}>
          En choisir un autre
        </button>
      </div>
    </>
  );
}

/** A case that nobody had told to be the same person's: found by name, read beside this one, joined. */
export function FindDuplicate({ one }: { readonly one: CaseDetail }) {
  const [typed, setTyped] = useState(one.familyName);
  const [isAsked, setAsked] = useState(false);
  const [other, setOther] = useState<Case>();
  const { data, isOpen } = useSearch(isAsked ? typed : '');
  const others = data?.found
    .map((found) => found.case)
    .filter(({ caseId, pathway }) => caseId !== one.caseId && pathway !== 'closed');
  return (
    <details onToggle={(event) => setAsked(event.currentTarget.open)}>
      <summary>Cette personne a un autre dossier ?</summary>
      {other ? (
        <Chosen one={one} other={other} onLeave={() => setOther(undefined)} />
      ) : (
        <>
          <label className="field">
            <span>Nom, date de naissance ou numéro SIEI de l’autre dossier</span>
            <input
              type="search"
              autoComplete="off"
              maxLength={100}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <div role="status">
            {isOpen && others && <Choices found={others} onChoose={setOther} />}
            {isOpen && !others && <p>La recherche n’a pas abouti. Réessayez dans un instant.</p>}
          </div>
        </>
      )}
    </details>
  );
}
