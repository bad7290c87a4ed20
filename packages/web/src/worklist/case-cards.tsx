import { Link } from 'wouter';
import { today } from '../client/clock.ts';
import { since } from '../words/dates.ts';
import { capital, listName } from '../words/texts.ts';
import { caseLink } from './case-link.ts';
import { NewsTag, type RowsProps, useVisibleRows } from './case-table.tsx';
import { nextStepOf } from './next-step-words.ts';
import { StateWord, tellAxes } from './state-words.tsx';

const CARD_HEIGHT = 170;

/** The same rows on a phone: one card a person. */
export function CaseCards({ rows, news, current, referentName, onNearEnd }: RowsProps) {
  const { list, items, before, after, measure } = useVisibleRows(
    rows.length,
    CARD_HEIGHT,
    current,
    onNearEnd,
  );
  return (
    <div ref={list}>
      <ul className="case-cards" style={{ paddingTop: before, paddingBottom: after }}>
        {items.map(({ index, key }) => {
          const row = rows[index];
          return (
            row && (
              <li key={key} ref={measure} data-index={index} className="case-card">
                <p className="case-card-name">
                  <Link href={caseLink(row.caseId)}>{listName(row)}</Link> · {row.age} ans{' '}
                  {row.minor && <span className="tag">mineur</span>} <NewsTag kind={news.get(row.caseId)} />
                </p>
                <p className="quiet">
                  {capital(row.lastTraining ?? 'formation non connue')}
                  {row.communeName === null ? '' : ` · ${row.communeName}`}
                </p>
                <p className="words">
                  {tellAxes(row)
                    .slice(0, 2)
                    .map((told) => (
                      <StateWord key={told.axis} told={told} />
                    ))}
                </p>
                <p>
                  {nextStepOf(row)}
                  <span className="quiet">
                    {' '}
                    ·{' '}
                    {row.referent === null
                      ? 'sans référent'
                      : `référent : ${referentName(row.referent).toLowerCase() === 'vous' ? 'vous' : referentName(row.referent)}`}
                    {row.lastAttemptAt === null ? '' : ` · appelé ${since(row.lastAttemptAt, today())}`}
                  </span>
                </p>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
