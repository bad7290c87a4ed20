import type { CaseDetail } from '@raccroche/contract';
import { useIsNarrow } from '../frame/media.ts';
import { shortDate } from '../words/dates.ts';
import { counted, french } from '../words/texts.ts';

type Why = NonNullable<CaseDetail['why']>;

function Check({ check }: { readonly check: Why['checks'][number] }) {
  return (
    <li>
      <p>
        <span className={check.passed ? 'mark mark-yes' : 'mark mark-no'}>
          {check.passed ? 'oui' : 'non'}
        </span>{' '}
        {check.label}
      </p>
      {check.evidence.length > 0 && (
        <details>
          <summary>
            {counted(check.evidence.length, 'ligne reçue le montre', 'lignes reçues le montrent')}
          </summary>
          <ul>
            {check.evidence.map(({ recordId, source, file, position }) => (
              <li key={recordId}>
                {source}, fichier « {file} », ligne {position}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** Why somebody is on the list, with what was received, in plain words. */
export function WhyListed({ one }: { readonly one: CaseDetail }) {
  const { why } = one;
  const narrow = useIsNarrow();
  return (
    <section className="panel" aria-labelledby="pourquoi">
      <h2 id="pourquoi">Pourquoi ce jeune est-il sur la liste ?</h2>
      {why === null ? (
        <p>Cette personne n’est plus sur la liste en cours.</p>
      ) : (
        <>
          <p className="why-sentence">{french(why.sentence)}</p>
          {/* On a phone the sentence is enough at first: what is to be done stays near. */}
          <details className="why-checks" open={!narrow}>
            <summary>Les conditions, et ce qui les montre</summary>
            <ul className="checks">
              {why.checks.map((check) => (
                <Check key={check.check} check={check} />
              ))}
            </ul>
          </details>
          <p className="quiet">
            Liste du {shortDate(why.asOf)}, règles {why.ruleSet}, numéro SIEI {one.siei}.
          </p>
        </>
      )}
    </section>
  );
}
