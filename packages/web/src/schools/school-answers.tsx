import type { SchoolAnswerRow } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useAct } from '../client/act.ts';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { tell } from '../client/notices.ts';
import { since } from '../words/dates.ts';
import { capital, counted, listName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';
import { answerWords, proposal } from './school-data.ts';

export const answersSentence = (count: number): string =>
  counted(count, 'réponse d’établissement', 'réponses d’établissements');

function AnswerRow({ row }: { readonly row: SchoolAnswerRow }) {
  const act = useAct();
  const client = useQueryClient();
  const { caseId, version, age, minor } = row.case;
  const { body, words, done } = proposal(row.answer, row.place, row.school);
  const confirm = () =>
    act({ route: 'verify', caseId, body: { ...body, version }, done }).catch(() =>
      tell({ tone: 'problem', text: 'Le dossier a changé entre-temps : ouvrez-le pour le relire.' }),
    );
  const see = async () => {
    await call('seeSchoolAnswer', { body: { questionId: row.questionId } }).catch(() =>
      tell({ tone: 'problem', text: 'Cela n’a pas pu être noté. Réessayez dans un instant.' }),
    );
    await client.invalidateQueries({ queryKey: ['school-answers'] });
  };
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <Link href={caseLink(caseId)}>{listName(row.case)}</Link>, {age} ans{' '}
          {minor && <span className="tag">mineur</span>}
        </p>
        <p className="quiet">
          {capital(row.schoolName)} a répondu {since(row.answeredAt, today())} :{' '}
          {answerWords(row.answer, row.place)}
        </p>
      </div>
      <div className="duty-actions">
        <button type="button" className="button" onClick={() => void confirm()}>
          Confirmer : {words}
        </button>
        <Link className="button button-quiet" href={`/a-verifier?dossier=${caseId}`}>
          Vérifier moi-même
        </Link>
        <button type="button" className="button button-quiet" onClick={() => void see()}>
          Vu
        </button>
      </div>
    </li>
  );
}

/** What schools answered: an answer proposes, a person decides. */
export function SchoolAnswers({ answers }: { readonly answers: readonly SchoolAnswerRow[] }) {
  if (answers.length === 0) return null;
  return (
    <section className="stack">
      <h2>
        Réponses des établissements <span className="count">{answers.length}</span>
      </h2>
      <ul>
        {answers.map((row) => (
          <AnswerRow key={row.questionId} row={row} />
        ))}
      </ul>
    </section>
  );
}
