import {
  type CaseDetail,
  LegalClockTerms,
  type OBLIGATION_MOVES,
  OBLIGATION_TRANSITIONS,
  type ObligationGround,
  ObligationGroundLabels,
  ObligationLabels,
} from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { DateField, FormButtons } from '../frame/fields.tsx';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

type Move = (typeof OBLIGATION_MOVES)[number];
const MOVE_LABELS = {
  met: 'Elle est remplie',
  summoned: 'Jeune et représentant convoqués',
  exempt: 'Exempté',
  not_met: 'Elle n’est pas remplie',
} as const satisfies Record<Move, string>;

/** Where the obligation may go from here by this panel: the report to the département goes by closing. */
const movesOf = ({ obligation }: CaseDetail): readonly Move[] =>
  obligation === null
    ? []
    : (Object.keys(MOVE_LABELS) as Move[]).filter((move) =>
        (OBLIGATION_TRANSITIONS[obligation] as readonly string[]).includes(move),
      );

function ObligationForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const moves = movesOf(one);
  const [to, setTo] = useState<Move>(moves[0] ?? 'met');
  const [ground, setGround] = useState<ObligationGround>('schooling');
  const [on, setOn] = useState(today());
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    void send({
      route: 'setObligation',
      body: { to, on, ...(to === 'met' ? { ground } : {}) },
      done: `Obligation de formation : ${MOVE_LABELS[to].toLowerCase()}`,
      mine: MOVE_LABELS[to],
    });
  };
  const labels = Object.fromEntries(moves.map((move) => [move, MOVE_LABELS[move]])) as Record<Move, string>;
  return (
    <form className="act-form" aria-label="Obligation de formation" onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select label="Où en est-on ?" labels={labels} chosen={to} onChoose={setTo} />
        {to === 'met' && (
          <Select label="Par quoi" labels={ObligationGroundLabels} chosen={ground} onChoose={setGround} />
        )}
        <DateField
          label={to === 'summoned' ? 'Convoqués le' : 'Depuis le'}
          value={on}
          max={today()}
          onChange={setOn}
        />
      </div>
      <FormButtons label="Enregistrer" busy={busy} onLeave={onDone} />
    </form>
  );
}

/** The duty of training of a 16- or 17-year-old: where it stands, what the law waits for, what may be said of it. */
export function ObligationPanel({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const [changing, setChanging] = useState(false);
  if (!one.minor || one.obligation === null) return null;
  const canAct = me !== undefined && me !== null && may(me, 'case.act') && one.pathway !== 'closed';
  const clock = one.clocks.find((each) => each.clock === 'department_report');
  return (
    <section className="panel" aria-labelledby="obligation">
      <h2 id="obligation">Obligation de formation jusqu’à 18 ans</h2>
      <p>
        <strong>{capital(ObligationLabels[one.obligation])}</strong>
        {one.summonedOn !== null && `, le ${shortDate(one.summonedOn)}`}
      </p>
      {one.obligation === 'not_met' && (
        <p className="quiet">
          Scolarité, apprentissage, formation, emploi, service civique ou accompagnement : un seul suffit.
          Sinon, la personne et son représentant légal sont convoqués.
        </p>
      )}
      {clock && (
        <p className="quiet">
          {LegalClockTerms[clock.clock].label} avant le {shortDate(clock.dueOn)}.
        </p>
      )}
      {changing ? (
        <ObligationForm one={one} onDone={() => setChanging(false)} />
      ) : (
        canAct &&
        movesOf(one).length > 0 && (
          <button type="button" className="button button-quiet" onClick={() => setChanging(true)}>
            Mettre à jour l’obligation
          </button>
        )
      )}
    </section>
  );
}
