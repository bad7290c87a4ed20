import {
  CaseOutcomeLabels,
  CLOSING_OUTCOMES,
  NOTE_MAX,
  NOTE_WARNING,
  noteConcerns,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { localInstant, today } from '../client/clock.ts';
import { useKeys } from '../frame/keys.ts';
import { part } from '../frame/missing-parts.tsx';
import { addDays, longDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import type { Agenda, Wanted } from './use-meeting.ts';

type Ask = 'assign' | 'call_back' | 'hand_over' | 'close';
type Decide = (wanted: Wanted) => void;

const CALL_BACK_DAYS = [1, 3, 7];
const CALL_BACK_HOUR = '09:00';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly wanted: Wanted;
}

/** The choices of what is asked, one press each. */
function Choices({
  legend,
  choices,
  busy,
  onChoose,
  onBack,
}: {
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly busy: boolean;
  readonly onChoose: Decide;
  readonly onBack: () => void;
}) {
  useKeys({
    ...Object.fromEntries(
      choices.slice(0, 9).map(({ wanted }, index) => [String(index + 1), () => !busy && onChoose(wanted)]),
    ),
    Escape: onBack,
  });
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map(({ key, label, wanted }, index) => (
        <button key={key} type="button" className="choice" disabled={busy} onClick={() => onChoose(wanted)}>
          {index < 9 && <kbd aria-hidden>{index + 1}</kbd>} {label}
        </button>
      ))}
      <button type="button" className="button button-quiet" onClick={onBack}>
        Retour
      </button>
    </fieldset>
  );
}

/** To which platform: there are hundreds of them. */
function HandOver({
  busy,
  own,
  onChoose,
  onBack,
}: {
  readonly busy: boolean;
  readonly own: string;
  readonly onChoose: Decide;
  readonly onBack: () => void;
}) {
  const [platform, setPlatform] = useState('');
  const { data } = useQuery({
    queryKey: ['platforms'],
    queryFn: ({ signal }) => call('platforms', {}, signal),
    meta: part('les plateformes'),
  });
  return (
    <div className="meeting-hand-over">
      <label className="field">
        <span>À quelle plateforme ?</span>
        <select value={platform} onChange={(event) => setPlatform(event.target.value)}>
          <option value="">Choisir</option>
          {data?.platforms
            .filter(({ platformId, designated }) => designated && platformId !== own)
            .map(({ platformId, name, department }) => (
              <option key={platformId} value={platformId}>
                {name} ({department})
              </option>
            ))}
        </select>
      </label>
      <p className="quiet">Vous ne verrez plus ce dossier. Cela ne s’annule pas d’ici.</p>
      <p>
        <button
          type="button"
          className="button"
          disabled={busy || platform === ''}
          onClick={() => onChoose({ decision: 'hand_over', platform })}
        >
          Transférer
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onBack}>
          Retour
        </button>
      </p>
    </div>
  );
}

const MAIN: readonly (readonly [key: string, label: string, what: Ask | 'postpone' | 'note'])[] = [
  ['1', 'Confier à…', 'assign'],
  ['2', 'Demander un contact', 'call_back'],
  ['3', 'Transférer', 'hand_over'],
  ['4', 'Clore', 'close'],
  ['5', 'Reporter à la prochaine réunion', 'postpone'],
  ['6', 'Noter cette décision', 'note'],
];

function MainChoices({
  busy,
  hasText,
  onAsk,
}: {
  readonly busy: boolean;
  readonly hasText: boolean;
  readonly onAsk: (what: Ask | 'postpone' | 'note') => void;
}) {
  const isOff = (what: string) => busy || (what === 'note' && !hasText);
  useKeys(Object.fromEntries(MAIN.map(([key, , what]) => [key, () => !isOff(what) && onAsk(what)])));
  return (
    <fieldset className="choices">
      <legend>Que décidez-vous ?</legend>
      {MAIN.map(([key, label, what]) => (
        <button
          key={what}
          type="button"
          className="choice"
          disabled={isOff(what)}
          onClick={() => onAsk(what)}
        >
          <kbd aria-hidden>{key}</kbd> {label}
        </button>
      ))}
    </fieldset>
  );
}

function choicesOf(ask: Ask, colleagues: Agenda['colleagues']): readonly Choice[] {
  if (ask === 'assign')
    return colleagues.map(({ personId, displayName }) => ({
      key: personId,
      label: displayName,
      wanted: { decision: 'assign', referent: personId },
    }));
  if (ask === 'call_back')
    return CALL_BACK_DAYS.map((days) => {
      const day = addDays(today(), days);
      return {
        key: day,
        label: capital(longDate(day, today())),
        wanted: { decision: 'call_back', at: localInstant(day, CALL_BACK_HOUR) },
      };
    });
  return CLOSING_OUTCOMES.map((outcome) => ({
    key: outcome,
    label: capital(CaseOutcomeLabels[outcome]),
    wanted: { decision: 'close', outcome },
  }));
}

const LEGENDS = { assign: 'À qui ?', call_back: 'Pour quel jour ?', close: 'Pourquoi clore ?' } as const;

/** A sentence, with the warnings of a note. */
function Written({
  text,
  concerns,
  acknowledged,
  onText,
  onAcknowledge,
}: {
  readonly text: string;
  readonly concerns: readonly string[];
  readonly acknowledged: boolean;
  readonly onText: (text: string) => void;
  readonly onAcknowledge: (acknowledged: boolean) => void;
}) {
  return (
    <>
      <label className="field" htmlFor="decision-ecrite">
        <span>En une phrase (facultatif)</span>
      </label>
      <textarea
        id="decision-ecrite"
        rows={3}
        value={text}
        maxLength={NOTE_MAX}
        aria-describedby="decision-aide"
        onChange={(event) => onText(event.target.value)}
      />
      <p id="decision-aide" className="quiet meeting-hint">
        {NOTE_WARNING}
      </p>
      {concerns.length > 0 && (
        <div className="warning" role="alert">
          <p>Cette phrase semble parler de : {concerns.join(', ')}. Retirez ce qui n’est pas utile.</p>
          <label className="check">
            <input
              type="checkbox"
              checked={acknowledged}
              onChange={(event) => onAcknowledge(event.target.checked)}
            />
            Je l’ai relue, elle est utile
          </label>
        </div>
      )}
    </>
  );
}

/** What is decided of a case: by buttons, with a sentence if one wants. */
export function DecideForm({
  agenda,
  busy,
  onDecide,
}: {
  readonly agenda: Agenda;
  readonly busy: boolean;
  readonly onDecide: Decide;
}) {
  const [ask, setAsk] = useState<Ask>();
  const [text, setText] = useState('');
  const [acknowledged, setAcknowledged] = useState(false);
  const concerns = noteConcerns(text);
  const back = () => setAsk(undefined);
  const decide: Decide = (wanted) => {
    const written = wanted.decision === 'hand_over' ? {} : { text: text.trim(), acknowledged };
    onDecide({ ...wanted, ...written });
  };
  const isHeld = busy || (concerns.length > 0 && !acknowledged);
  return (
    <section className="litige-side" aria-label="Décision">
      {ask === undefined ? (
        <MainChoices
          busy={isHeld}
          hasText={text.trim() !== ''}
          onAsk={(what) =>
            what === 'postpone' || what === 'note' ? decide({ decision: what }) : setAsk(what)
          }
        />
      ) : ask === 'hand_over' ? (
        <HandOver busy={busy} own={agenda.meeting.platformId} onChoose={decide} onBack={back} />
      ) : (
        <Choices
          legend={LEGENDS[ask]}
          choices={choicesOf(ask, agenda.colleagues)}
          busy={isHeld}
          onChoose={decide}
          onBack={back}
        />
      )}
      <Written
        text={text}
        concerns={concerns}
        acknowledged={acknowledged}
        onText={setText}
        onAcknowledge={setAcknowledged}
      />
    </section>
  );
}
