import { SchoolAnswerLabels } from '@raccroche/contract';
import { useState } from 'react';
import { shortDate } from '../words/dates.ts';
import { capital, listName } from '../words/texts.ts';
import { AnswerCard, type OnAnswer } from './answer-card.tsx';
import { becameWords, isKnown, type Pupil } from './pupils.ts';

function Row({ pupil, onAnswer }: { readonly pupil: Pupil; readonly onAnswer: OnAnswer }) {
  const [open, setOpen] = useState(false);
  const { lastTraining, leftOn, answer, place, destinationOn } = pupil;
  return (
    <>
      <tr>
        <th scope="row">
          {listName(pupil)}
          <span className="row-sub">naissance le {shortDate(pupil.birthDate)}</span>
          <span className="row-sub">
            {capital(lastTraining ?? 'formation non connue')}
            {leftOn !== null && `, jusqu’au ${shortDate(leftOn)}`}
          </span>
        </th>
        <td>
          <span className={`word word-${isKnown(pupil) ? 'done' : 'todo'}`}>{becameWords(pupil)}</span>
          {destinationOn !== null && <span className="row-sub">depuis le {shortDate(destinationOn)}</span>}
          {answer !== null && (
            <span className="row-sub">
              Vous avez dit : {SchoolAnswerLabels[answer]}
              {place !== null && ` (${place})`}
            </span>
          )}
          {pupil.mayAnswer && !open && (
            <p className="row-action">
              <button type="button" className="button-small" onClick={() => setOpen(true)}>
                Dire ce que je sais<span className="visually-hidden"> de {listName(pupil)}</span>
              </button>
            </p>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={2}>
            <AnswerCard name={listName(pupil)} heading="h3" onAnswer={onAnswer}>
              {null}
            </AnswerCard>
          </td>
        </tr>
      )}
    </>
  );
}

/** Everybody, with what is known and a way to say more. */
export function PupilTable({
  pupils,
  onAnswer,
}: {
  readonly pupils: readonly Pupil[];
  readonly onAnswer: (caseId: string) => OnAnswer;
}) {
  return (
    <table className="plain-table pupil-table">
      <caption className="visually-hidden">Anciens élèves</caption>
      <thead>
        <tr>
          <th scope="col">Nom</th>
          <th scope="col">Ce que la plateforme en sait</th>
        </tr>
      </thead>
      <tbody>
        {pupils.map((pupil) => (
          <Row key={pupil.caseId} pupil={pupil} onAnswer={onAnswer(pupil.caseId)} />
        ))}
      </tbody>
    </table>
  );
}
