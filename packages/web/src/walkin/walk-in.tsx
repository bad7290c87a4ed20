import { type FormEvent, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { ApiProblem } from '../client/problem.ts';
import { may, useMe } from '../client/session.ts';
import { type Platform, usePlatform } from '../frame/platform.ts';
import { NoRight } from '../frame/states.tsx';
import { useDraft } from '../frame/use-change.tsx';
import { addDays } from '../words/dates.ts';
import { FollowedBy } from './followed-by.tsx';
import { NO_OPENING, OPENING_DRAFT, OpenElsewhere, type Opening } from './open-elsewhere.tsx';
import { SignalForm } from './signal-form.tsx';
import type { Somebody } from './somebody.ts';

const NOBODY: Somebody = { familyName: '', firstName: '', birthDate: '' };
/** Days of the oldest whom a platform follows, and of the youngest. */
const OLDEST_DAYS = 27 * 366;
const YOUNGEST_DAYS = 15 * 365;

function IdentityFields({
  who,
  onChange,
}: {
  readonly who: Somebody;
  readonly onChange: (change: Partial<Somebody>) => void;
}) {
  return (
    <div className="fields">
      <label className="field">
        <span>Nom de naissance</span>
        <input
          value={who.familyName}
          required
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ familyName: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Premier prénom</span>
        <input
          value={who.firstName}
          required
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ firstName: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Date de naissance</span>
        <input
          type="date"
          value={who.birthDate}
          required
          min={addDays(today(), -OLDEST_DAYS)}
          max={addDays(today(), -YOUNGEST_DAYS)}
          onChange={(event) => onChange({ birthDate: event.target.value })}
        />
      </label>
    </div>
  );
}

/** What the search says, and what may be done with it; after a second factor, the opening that it was given for. */
function Answer({
  who,
  found,
  platform,
  opening,
}: {
  readonly who: Somebody;
  readonly found: RouteOutput<'findElsewhere'> | undefined;
  readonly platform: Platform;
  readonly opening: ReturnType<typeof useDraft<Opening>>;
}) {
  const { data: me } = useMe();
  const { findingId, place } = opening.values;
  const isOpening = findingId > 0;
  const mayOpen = me && may(me, 'case.open_elsewhere');
  return (
    <>
      {found && <FollowedBy found={found} onOpen={mayOpen ? opening.set : undefined} />}
      {isOpening && <OpenElsewhere key={`${findingId} ${place}`} draft={opening} />}
      {found && !isOpening && (
        <SignalForm who={who} platform={platform} isFollowed={found.followed.length > 0} />
      )}
    </>
  );
}

/** Somebody at the desk who is in no list of ours: who follows them in the country, or opening a case here. */
export default function WalkIn() {
  const platform = usePlatform();
  const opening = useDraft(OPENING_DRAFT, NO_OPENING);
  const [who, setWho] = useState(NOBODY);
  const [found, setFound] = useState<RouteOutput<'findElsewhere'>>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!platform) return <NoRight what="une plateforme" />;
  const look = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    setFound(undefined);
    try {
      setFound(await call('findElsewhere', { body: who }));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'Connexion perdue : rien n’a été cherché.');
    }
    setBusy(false);
  };
  return (
    <div className="page">
      <title>Quelqu’un se présente · Raccroche</title>
      <h1>Quelqu’un se présente</h1>
      <p className="lead">
        La recherche dit seulement quelle plateforme suit la personne. Elle est comptée, tracée, et dite à
        cette plateforme.
      </p>
      <form
        className="act-form"
        aria-label="Chercher dans tout le pays"
        onSubmit={(event) => void look(event)}
      >
        <IdentityFields
          who={who}
          onChange={(change) => {
            setWho({ ...who, ...change });
            setFound(undefined);
            opening.set(NO_OPENING);
          }}
        />
        {problem !== undefined && (
          <p className="warning" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="button" disabled={busy}>
          Chercher dans tout le pays
        </button>
      </form>
      <Answer who={who} found={found} platform={platform} opening={opening} />
    </div>
  );
}
