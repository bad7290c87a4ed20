import {
  FIRST_SCHOOL_ANSWERS,
  OTHER_SCHOOL_ANSWERS,
  PLACED_SCHOOL_ANSWERS,
  type SchoolAnswer,
  SchoolAnswerLabels,
} from '@raccroche/contract';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ApiProblem } from '../client/problem.ts';
import { capital } from '../words/texts.ts';

const PLACE_LABELS: Partial<Record<SchoolAnswer, string>> = {
  enrolled_elsewhere: 'Où ? Nom de l’établissement ou du CFA (facultatif)',
  moved: 'Dans quelle ville ? (facultatif)',
};

export type OnAnswer = (answer: SchoolAnswer, place?: string) => Promise<void>;

function Buttons({
  busy,
  onChoose,
}: {
  readonly busy: boolean;
  readonly onChoose: (answer: SchoolAnswer) => void;
}) {
  const [more, setMore] = useState(false);
  const button = (answer: SchoolAnswer) => (
    <button key={answer} type="button" className="choice" disabled={busy} onClick={() => onChoose(answer)}>
      {capital(SchoolAnswerLabels[answer])}
    </button>
  );
  return (
    <div className="answer-buttons">
      {FIRST_SCHOOL_ANSWERS.map(button)}
      <button type="button" className="choice" aria-expanded={more} onClick={() => setMore(!more)}>
        Autre…
      </button>
      {more && <div className="answer-more">{OTHER_SCHOOL_ANSWERS.map(button)}</div>}
    </div>
  );
}

function PlaceForm({
  answer,
  busy,
  onPlace,
}: {
  readonly answer: SchoolAnswer;
  readonly busy: boolean;
  readonly onPlace: (place: string) => void;
}) {
  const id = useId();
  const [place, setPlace] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (place.trim() !== '') onPlace(place.trim());
  };
  return (
    <form className="answer-place" onSubmit={add}>
      <label htmlFor={id}>{PLACE_LABELS[answer]}</label>
      <div>
        <input
          id={id}
          value={place}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setPlace(event.target.value)}
        />
        <button type="submit" className="button button-quiet" disabled={busy}>
          Ajouter
        </button>
      </div>
    </form>
  );
}

interface Said {
  readonly answer: SchoolAnswer;
  readonly place: string | null;
}

/** What was answered here, whether it is under way, and what went wrong. */
function useAnswer(onAnswer: OnAnswer) {
  const [said, setSaid] = useState<Said>();
  const [correcting, setCorrecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const answer = async (chosen: SchoolAnswer, place?: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onAnswer(chosen, place);
      setSaid({ answer: chosen, place: place ?? null });
      setCorrecting(false);
    } catch (error) {
      setProblem(
        error instanceof ApiProblem
          ? error.message
          : 'Le service ne répond pas. Votre réponse n’est pas partie : réessayez dans un instant.',
      );
    } finally {
      setBusy(false);
    }
  };
  return { said: correcting ? undefined : said, busy, problem, answer, correct: () => setCorrecting(true) };
}

/** A former pupil and five buttons: one press answers; where is added afterwards, and a slip is corrected at once. */
export function AnswerCard({
  name,
  heading: Heading,
  children,
  onAnswer,
}: {
  readonly name: string;
  /** Its place among the headings of the page. */
  readonly heading: 'h2' | 'h3';
  /** What helps to recognise the person. */
  readonly children: ReactNode;
  readonly onAnswer: OnAnswer;
}) {
  const id = useId();
  const { said, busy, problem, answer, correct } = useAnswer(onAnswer);
  return (
    <article className="answer-card" aria-labelledby={id}>
      <Heading id={id}>{name}</Heading>
      {children}
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      {said === undefined ? (
        <Buttons busy={busy} onChoose={(chosen) => void answer(chosen)} />
      ) : (
        <>
          <p className="answer-given" role="status">
            <strong>Réponse enregistrée :</strong> {SchoolAnswerLabels[said.answer]}
            {said.place !== null && ` (${said.place})`}.{' '}
            <button type="button" className="link" onClick={correct}>
              Corriger
            </button>
          </p>
          {PLACED_SCHOOL_ANSWERS.includes(said.answer) && said.place === null && (
            <PlaceForm
              answer={said.answer}
              busy={busy}
              onPlace={(place) => void answer(said.answer, place)}
            />
          )}
        </>
      )}
    </article>
  );
}
