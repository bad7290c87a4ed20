import { type OwnRight, type Replacement, RoleLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { useMe } from '../client/session.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { useChange } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { ReplacementForm } from './replacement-form.tsx';
import { termWords } from './role-words.ts';

/** « Vous remplacez X », « X vous remplacera ». */
function replacementWords({ replaced, substitute, validFrom }: Replacement, me: string): string {
  const begun = validFrom <= today();
  const future = begun ? 'remplace' : 'remplacera';
  if (substitute.personId === me)
    return `Vous ${begun ? 'remplacez' : 'remplacerez'} ${replaced.displayName}`;
  if (replaced.personId === me) return `${substitute.displayName} vous ${future}`;
  return `${substitute.displayName} ${future} ${replaced.displayName}`;
}

function ReplacementRow({ one, me }: { readonly one: Replacement; readonly me: string }) {
  const client = useQueryClient();
  const { replacementId } = one;
  const { busy, trouble, send } = useChange({ name: `end ${replacementId}`, values: {} });
  const words = replacementWords(one, me);
  const end = async () => {
    const work = () => call('endReplacement', { params: { replacementId } });
    if (await send(work, 'Remplacement fini, à l’instant.'))
      await client.invalidateQueries({ queryKey: ['replacements'] });
  };
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <strong>{words}</strong>
        </p>
        <p>{capital(RoleLabels[one.role])}</p>
        <p className="quiet">
          Du {shortDate(one.validFrom)} au {shortDate(one.validTo)} compris
        </p>
        {trouble}
      </div>
      <div className="duty-actions">
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => void end()}
          aria-label={`Y mettre fin : ${words}`}
        >
          Y mettre fin
        </button>
      </div>
    </li>
  );
}

function OwnRightRow({ right }: { readonly right: OwnRight }) {
  const [url, setUrl] = useUrlState();
  const isOpen = url.get('droit') === right.membershipId;
  return (
    <li className="admin-item">
      <div className="duty">
        <div>
          <p className="duty-who">
            <strong>{capital(RoleLabels[right.role])}</strong>
          </p>
          <p>
            {right.territoryName} · {right.organisation}
          </p>
          <p className="quiet">{capital(termWords(right.validTo))}</p>
        </div>
        <div className="duty-actions">
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={isOpen}
            onClick={() => setUrl({ droit: right.membershipId }, { replace: true })}
            aria-label={`Me faire remplacer : ${right.territoryName}`}
          >
            Me faire remplacer
          </button>
        </div>
      </div>
      {isOpen && (
        <ReplacementForm
          membershipId={right.membershipId}
          validTo={right.validTo}
          onDone={() => setUrl({ droit: undefined }, { replace: true })}
        />
      )}
    </li>
  );
}

/** Réseau, remplacements: whom I replace, who replaces me, and to be replaced. */
export function ReplacementsPage() {
  const { data: me } = useMe();
  const replacements = useQuery({
    queryKey: ['replacements'],
    queryFn: ({ signal }) => call('replacements', {}, signal),
  });
  const rights = useQuery({
    queryKey: ['my-rights'],
    queryFn: ({ signal }) => call('myRights', {}, signal),
  });
  const error = replacements.error ?? rights.error;
  const retry = () => void Promise.all([replacements.refetch(), rights.refetch()]);
  return (
    <>
      <h1>Remplacements</h1>
      <p className="lead">
        Une absence ? Quelqu’un peut tenir votre droit, tel quel, pour un temps : vos dossiers ne restent pas
        sans personne, et la trace dit qui a fait quoi.
      </p>
      {error !== null && <Failed error={error} what="les remplacements" onRetry={retry} />}
      {(replacements.isPending || rights.isPending) && error === null && <Skeleton lines={3} height={84} />}
      {me && replacements.data && (
        <section className="stack">
          <h2>En cours et à venir</h2>
          {replacements.data.replacements.length === 0 && (
            <p className="quiet">Vous ne remplacez personne, et personne ne vous remplace.</p>
          )}
          <ul>
            {replacements.data.replacements.map((one) => (
              <ReplacementRow key={one.replacementId} one={one} me={me.personId} />
            ))}
          </ul>
        </section>
      )}
      {rights.data && (
        <section className="stack">
          <h2>Vos droits</h2>
          <ul>
            {rights.data.rights.map((right) => (
              <OwnRightRow key={right.membershipId} right={right} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
