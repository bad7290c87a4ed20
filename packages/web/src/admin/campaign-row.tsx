import { CampaignRules, type FinishedCampaign } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { useUrlState } from '../frame/url-state.ts';
import { useChange } from '../frame/use-change.tsx';
import { shortDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';
import { Sample } from './campaign-sample.tsx';

const SHARE = 1_000;
/** A list that grows or shrinks by more than a third is looked at twice. */
const UNUSUAL_SHARE = 0.33;

function Difference({ one }: { readonly one: FinishedCampaign }) {
  const { difference } = one;
  if (difference === null)
    return <p className="quiet">Menée sans campagne précédente : pas de comparaison.</p>;
  const { entered, stayed, left, moved, previousAsOf, causes } = difference;
  const before = stayed + left + moved;
  const change = before === 0 ? 0 : (one.listed - before) / before;
  return (
    <>
      <p>
        Depuis la liste du {shortDate(previousAsOf)} :{' '}
        <strong>{counted(entered, 'nouveau', 'nouveaux')}</strong>, {counted(stayed, 'maintenu', 'maintenus')}
        , <strong>{counted(left, 'sorti', 'sortis')}</strong>,{' '}
        {counted(moved, 'changé de département', 'changés de département')}.
      </p>
      {Math.abs(change) > UNUSUAL_SHARE && (
        <p className="warning">
          La liste {change > 0 ? 'grandit' : 'diminue'} de {number(Math.round(Math.abs(change) * SHARE) / 10)}{' '}
          %. Regardez les fichiers reçus avant de publier.
        </p>
      )}
      {causes.length > 0 && (
        <details className="admin-details">
          <summary>Pourquoi {counted(left, 'sorti', 'sortis')}</summary>
          <ul>
            {causes.map(({ label, count }) => (
              <li key={label}>
                {number(count)} : {label}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Publish({ one, onDone }: { readonly one: FinishedCampaign; readonly onDone: () => void }) {
  const client = useQueryClient();
  const { name, listed, departments } = one;
  const { busy, trouble, send } = useChange({ name: `publish ${name}`, values: {} });
  const publish = async () => {
    const done = 'Publication demandée : « Travaux » dit où elle en est.';
    if (!(await send(() => call('publishFinished', { params: { name } }), done))) return;
    onDone();
    await client.invalidateQueries();
  };
  return (
    <section className="act-form" aria-label={`Publier ${name}`}>
      {trouble}
      <p>
        <strong>
          {counted(listed, 'personne', 'personnes')} dans{' '}
          {counted(departments, 'département', 'départements')}
        </strong>{' '}
        : les plateformes désignées verront leur liste, des dossiers s’ouvrent, d’autres sont transférés ou
        signalés comme n’étant plus sur la liste. Ce que les gens ont fait reste.
      </p>
      <p>
        Tout ou rien, et une fois : une publication ne se reprend pas. Regardez d’abord vingt noms et la
        comparaison.
      </p>
      <p className="actions">
        <button type="button" className="button" disabled={busy} onClick={() => void publish()}>
          Publier cette campagne
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne pas publier
        </button>
      </p>
    </section>
  );
}

function standing(one: FinishedCampaign): readonly [word: string, text: string] {
  if (one.publishedAt !== null) return ['done', `publiée le ${shortDate(one.publishedAt)}`];
  if (one.withheld) return ['todo', `retenue, il manque : ${one.missing.join(', ')}`];
  if (one.isOlder) return ['none', 'plus ancienne que la liste publiée'];
  return ['doing', 'prête à publier'];
}

/** A finished campaign: its counts, what changed since the one before, twenty names, and to publish it. */
export function FinishedRow({ one }: { readonly one: FinishedCampaign }) {
  const [url, setUrl] = useUrlState();
  const { name } = one;
  const [word, text] = standing(one);
  const doing = url.get('campagne') === name ? url.get('faire') : null;
  const onDone = () => setUrl({ campagne: undefined, faire: undefined }, { replace: true });
  const mayPublish = one.publishedAt === null && !one.withheld && !one.isOlder;
  const rules = CampaignRules[one.rules as keyof typeof CampaignRules] ?? one.rules;
  return (
    <li className="admin-item">
      <div className="duty">
        <div>
          <p className="duty-who">
            <strong>{name}</strong>, au {shortDate(one.asOf)}
          </p>
          <p>
            <span className={`word word-${word}`}>{text}</span>
          </p>
          <p>
            <strong>{counted(one.listed, 'personne listée', 'personnes listées')}</strong> dans{' '}
            {counted(one.departments, 'département', 'départements')}, parmi {number(one.persons)} ;{' '}
            {counted(one.rows, 'ligne lue', 'lignes lues')}, {counted(one.rejects, 'rejetée', 'rejetées')} ;{' '}
            {counted(one.litiges, 'litige à trancher', 'litiges à trancher')}.
          </p>
          {one.missing.length > 0 && !one.withheld && (
            <p className="warning">Sans ces sources : {one.missing.join(', ')}.</p>
          )}
          <Difference one={one} />
          <p className="quiet">Règles : {rules}</p>
        </div>
        <div className="duty-actions">
          {!one.withheld && (
            <button
              type="button"
              className="button button-quiet"
              aria-expanded={doing === 'regarder'}
              aria-label={`Regarder vingt noms de ${name}`}
              onClick={() => setUrl({ campagne: name, faire: 'regarder' }, { replace: true })}
            >
              Regarder vingt noms
            </button>
          )}
          {mayPublish && (
            <button
              type="button"
              className="button"
              aria-expanded={doing === 'publier'}
              aria-label={`Publier ${name}`}
              onClick={() => setUrl({ campagne: name, faire: 'publier' }, { replace: true })}
            >
              Publier
            </button>
          )}
        </div>
      </div>
      {doing === 'publier' && mayPublish && <Publish one={one} onDone={onDone} />}
      {doing === 'regarder' && <Sample name={name} onDone={onDone} />}
    </li>
  );
}
