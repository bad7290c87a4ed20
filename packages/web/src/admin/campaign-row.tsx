import { CampaignRules, type FinishedCampaign } from '@raccroche/contract';
import { useUrlState } from '../frame/url-state.ts';
import { shortDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';
import { Acts, TakeBack } from './campaign-acts.tsx';
import { Publish } from './campaign-publish.tsx';
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

function standing(one: FinishedCampaign): readonly [word: string, text: string] {
  if (one.publishedAt !== null && one.publishedLists === null)
    return ['done', `publiée le ${shortDate(one.publishedAt)}`];
  if (one.publishedAt !== null && one.publishedLists !== null)
    return [
      'doing',
      `publiée en partie, le ${shortDate(one.publishedAt)} : ${one.publishedLists.join(', ')}`,
    ];
  if (one.withheld) return ['todo', `retenue, il manque : ${one.missing.join(', ')}`];
  if (one.isOlder) return ['none', 'plus ancienne que la liste publiée'];
  return ['doing', 'prête à publier'];
}

/** What the campaign tells of itself. */
function Told({ one }: { readonly one: FinishedCampaign }) {
  const [word, text] = standing(one);
  const rules = CampaignRules[one.rules as keyof typeof CampaignRules] ?? one.rules;
  return (
    <div>
      <p className="duty-who">
        <strong>{one.name}</strong>, au {shortDate(one.asOf)}
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
      <Acts acts={one.publications} />
    </div>
  );
}

/** A finished campaign: its counts, what changed since the one before, twenty names, to publish it and to take that back. */
export function FinishedRow({ one }: { readonly one: FinishedCampaign }) {
  const [url, setUrl] = useUrlState();
  const { name } = one;
  const doing = url.get('campagne') === name ? url.get('faire') : null;
  const onDone = () => setUrl({ campagne: undefined, faire: undefined }, { replace: true });
  const isWhole = one.publishedAt !== null && one.publishedLists === null;
  const mayPublish = !isWhole && !one.withheld && !one.isOlder;
  const last = one.publications.find(({ mayTakeBack, takenBack }) => mayTakeBack && takenBack === null);
  const toDo = (word: string, label: string, about: string, isFirst = false) => (
    <button
      type="button"
      className={isFirst ? 'button' : 'button button-quiet'}
      aria-expanded={doing === word}
      aria-label={`${about} ${name}`}
      onClick={() => setUrl({ campagne: name, faire: word }, { replace: true })}
    >
      {label}
    </button>
  );
  return (
    <li className="admin-item">
      <div className="duty">
        <Told one={one} />
        <div className="duty-actions">
          {!one.withheld && toDo('regarder', 'Regarder vingt noms', 'Regarder vingt noms de')}
          {mayPublish &&
            toDo('publier', one.publishedAt === null ? 'Publier' : 'Publier la suite', 'Publier', true)}
          {last !== undefined && toDo('reprendre', 'Reprendre la publication', 'Reprendre la publication de')}
        </div>
      </div>
      {doing === 'reprendre' && last !== undefined && <TakeBack name={name} act={last} onDone={onDone} />}
      {doing === 'publier' && mayPublish && <Publish one={one} onDone={onDone} />}
      {doing === 'regarder' && <Sample name={name} onDone={onDone} />}
    </li>
  );
}
