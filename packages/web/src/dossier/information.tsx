import {
  type CaseDetail,
  INFORMED_BY,
  type InformedBy,
  InformedByLabels,
  informationOf,
} from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { longDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { useCaseAct } from './use-case-act.tsx';

/** What to say, in words that one can read aloud. Source: GDPR art. 14. */
const WORDS = [
  'Un établissement, ou un service public de la formation, nous a dit que vous aviez arrêté une formation sans diplôme. La loi le prévoit, pour que nous puissions vous aider (code de l’éducation, articles L.313-7 et L.313-8).',
  'Nous gardons vos coordonnées, votre parcours et ce que nous faisons ensemble, au plus tard jusqu’à vos 26 ans. Seules les personnes qui vous suivent le voient, et chaque consultation est notée.',
  'Vous pouvez le voir, le faire corriger, ou ne plus vouloir être suivi : dites-le-nous, ou écrivez au délégué à la protection des données. Vous pouvez aussi vous adresser à la CNIL.',
];

/** Whether the person knows what is kept of them: what to say at the first contact, then when it was. */
export function InformationPanel({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  const { informedAt, contactAt } = informationOf(one.timeline);
  const mayAct = me !== undefined && me !== null && may(me, 'case.act') && one.pathway !== 'closed';
  if (informedAt === null && !mayAct) return null;
  const record = (by: InformedBy) =>
    send({
      route: 'informPerson',
      body: { by },
      done: `Personne informée, ${InformedByLabels[by]}`,
      mine: `Informée ${InformedByLabels[by]}`,
    });
  return (
    <section className="panel" aria-labelledby="information">
      <h2 id="information">Informer la personne</h2>
      {informedAt !== null ? (
        <p>Informée de ses droits {longDate(informedAt, today())}.</p>
      ) : (
        <>
          <p className={contactAt === null ? 'quiet' : 'duty-late'}>
            {contactAt === null
              ? 'À dire au premier contact. Un courriel ou une lettre d’ici le dit déjà.'
              : `Jointe ${longDate(contactAt, today())}, sans que l’histoire dise qu’elle a été informée.`}
          </p>
          <details className="admin-details">
            <summary>Ce qu’il faut dire</summary>
            {WORDS.map((words) => (
              <p key={words}>{words}</p>
            ))}
          </details>
          {trouble}
          <p className="actions">
            {INFORMED_BY.map((by) => (
              <button
                key={by}
                type="button"
                className="button button-quiet"
                disabled={busy}
                onClick={() => void record(by)}
              >
                {capital(`informée ${InformedByLabels[by]}`)}
              </button>
            ))}
          </p>
        </>
      )}
    </section>
  );
}
