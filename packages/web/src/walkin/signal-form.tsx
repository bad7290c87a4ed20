import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../client/call.ts';
import { usePlainAct } from '../dossier/use-plain-act.tsx';
import type { Platform } from '../frame/platform.ts';
import type { Somebody } from './somebody.ts';

const ORIGINS = { walk_in: 'la personne elle-même', partner: 'un partenaire' } as const;
type Origin = keyof typeof ORIGINS;

function SignalFields({
  origin,
  onOrigin,
  phone,
  onPhone,
}: {
  readonly origin: Origin;
  readonly onOrigin: (origin: Origin) => void;
  readonly phone: string;
  readonly onPhone: (phone: string) => void;
}) {
  return (
    <div className="fields">
      <label className="field">
        <span>Signalé par</span>
        <select value={origin} onChange={(event) => onOrigin(event.target.value as Origin)}>
          {(Object.keys(ORIGINS) as Origin[]).map((one) => (
            <option key={one} value={one}>
              {ORIGINS[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Téléphone (facultatif)</span>
        <input
          type="tel"
          value={phone}
          minLength={6}
          maxLength={30}
          autoComplete="off"
          onChange={(event) => onPhone(event.target.value)}
        />
      </label>
    </div>
  );
}

/** Opens a case for somebody whom nobody follows, or who is another person than the one who is followed. */
export function SignalForm({
  who,
  platform,
  isFollowed,
}: {
  readonly who: Somebody;
  readonly platform: Platform;
  readonly isFollowed: boolean;
}) {
  const [, navigate] = useLocation();
  const [origin, setOrigin] = useState<Origin>('walk_in');
  const [phone, setPhone] = useState('');
  const [isAnother, setAnother] = useState(false);
  const { busy, trouble, run } = usePlainAct();
  const open = async (event: FormEvent) => {
    event.preventDefault();
    let caseId: string | null = null;
    const done = await run(async () => {
      const answer = await call('signal', {
        body: {
          origin,
          familyName: who.familyName,
          firstNames: [who.firstName],
          birthDate: who.birthDate,
          platform: platform.platformId,
          anotherPerson: isAnother,
          ...(phone === '' ? {} : { phone }),
        },
      });
      ({ caseId } = answer);
    }, 'Dossier ouvert');
    if (done && caseId !== null) navigate(`/dossiers/${String(caseId)}`);
  };
  return (
    <form className="panel" aria-label="Ouvrir un dossier" onSubmit={(event) => void open(event)}>
      <h2>Ouvrir un dossier ici</h2>
      {trouble}
      <SignalFields origin={origin} onOrigin={setOrigin} phone={phone} onPhone={setPhone} />
      {isFollowed && (
        <label className="check">
          <input
            type="checkbox"
            required
            checked={isAnother}
            onChange={(event) => setAnother(event.target.checked)}
          />
          C’est une autre personne que celle qui est suivie
        </label>
      )}
      <p className="quiet">
        La personne est informée qu’un dossier est ouvert, de ce qu’il contient et de ses droits. Si une liste
        la nomme plus tard, les deux se rejoignent.
      </p>
      <button type="submit" className="button" disabled={busy}>
        Ouvrir un dossier à {platform.name}
      </button>
    </form>
  );
}
