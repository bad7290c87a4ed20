import { RoleLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { hasCode } from '../client/problem.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { capital } from '../words/texts.ts';
import { DoesByRole } from './role-texts.ts';

type Somebody = RouteOutput<'demoPeople'>['people'][number];

function Card({
  somebody,
  disabled,
  onChoose,
}: {
  readonly somebody: Somebody;
  readonly disabled: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <li className="card">
      <h2>{somebody.displayName}</h2>
      {somebody.sentence === null ? (
        <>
          <p className="card-role">{capital(RoleLabels[somebody.role])}</p>
          <p className="quiet">{somebody.place}</p>
        </>
      ) : (
        <p className="card-role">{capital(somebody.sentence)}</p>
      )}
      <p>{DoesByRole[somebody.role]}</p>
      <button
        type="button"
        className="button"
        disabled={disabled}
        onClick={onChoose}
        aria-label={`Entrer comme ${somebody.displayName}`}
      >
        Entrer
      </button>
    </li>
  );
}

/** Back to the first day, in one press. */
function Reset() {
  const client = useQueryClient();
  const [standing, setStanding] = useState<'ready' | 'busy' | 'done' | 'refused'>('ready');
  const reset = async () => {
    setStanding('busy');
    try {
      await call('resetDemo', {});
      await client.invalidateQueries({ queryKey: ['demo-people'] });
      setStanding('done');
    } catch {
      setStanding('refused');
    }
  };
  return (
    <section className="demo-reset" aria-label="Remise à neuf">
      <button
        type="button"
        className="button button-quiet"
        disabled={standing === 'busy'}
        onClick={() => void reset()}
      >
        Remettre la démonstration à neuf
      </button>
      <p role="status" className="quiet">
        {RESET_WORDS[standing]}
      </p>
    </section>
  );
}

const RESET_WORDS = {
  ready: 'Vous pouvez tout essayer : un clic efface ce que vous aurez fait, sur cette machine seulement.',
  busy: 'Un instant…',
  done: 'Tout est comme au premier jour.',
  refused: 'La remise à neuf n’a pas abouti. Arrêtez le programme, puis relancez « npm start ».',
} as const;

/** The door of the demonstration: one card a person. Elsewhere, says that one signs in by one's own organisation. */
export default function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [entering, setEntering] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['demo-people'],
    queryFn: ({ signal }) => call('demoPeople', {}, signal),
  });
  const enter = async (personId: string) => {
    setEntering(true);
    setRefused(undefined);
    try {
      await call('demoSignIn', { body: { personId } });
      onSignedIn();
    } catch (problem) {
      setRefused(problem);
      setEntering(false);
    }
  };
  return (
    <div className="page page-wide">
      <title>Entrer · Raccroche</title>
      <h1>Qui voulez-vous être ?</h1>
      <p className="lead">
        Ceci est une démonstration : la région, les établissements et toutes les personnes sont inventés.
        Chacune voit ce à quoi elle a droit, et rien d’autre.
      </p>
      {refused !== undefined && (
        <Failed error={refused} what="votre entrée" onRetry={() => setRefused(undefined)} />
      )}
      {isPending && <Skeleton lines={4} height={160} />}
      {hasCode(error, 'not_found') ? (
        <Empty title="Aucune entrée n’est ouverte ici.">
          <p>Ce service n’est pas une démonstration. Demandez à votre structure comment vous connecter.</p>
        </Empty>
      ) : (
        error !== null && <Failed error={error} what="les personnes" onRetry={() => void refetch()} />
      )}
      {data && (
        <ul className="cards">
          {data.people.map((somebody) => (
            <Card
              key={somebody.personId}
              somebody={somebody}
              disabled={entering}
              onChoose={() => void enter(somebody.personId)}
            />
          ))}
        </ul>
      )}
      {data && <Reset />}
    </div>
  );
}
