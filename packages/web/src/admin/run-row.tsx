import { type CampaignRun, RUN_STAGES, RunStageLabels } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { useChange } from '../frame/use-change.tsx';
import { hour, shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';

function standing({ state, silent }: CampaignRun): readonly [word: string, text: string] {
  if (silent) return ['todo', 'interrompue : ce qui la menait s’est arrêté'];
  const states = {
    asked: ['doing', 'attend qu’un « worker » la prenne'],
    running: ['doing', 'en cours'],
    done: ['done', 'finie'],
    withheld: ['todo', 'finie, listes retenues : il manque une source'],
    failed: ['todo', 'arrêtée par un échec'],
    cancelled: ['none', 'arrêtée à la demande'],
  } as const;
  return states[state];
}

function Stages({ run }: { readonly run: CampaignRun }) {
  const done = run.stages.length;
  const next = RUN_STAGES.find((stage) => !run.stages.includes(stage));
  return (
    <div className="progress">
      <p role="status">
        {next === undefined
          ? 'Toutes les étapes sont faites.'
          : `Étape ${done + 1} sur ${RUN_STAGES.length} : ${RunStageLabels[next]}`}
      </p>
      <progress max={RUN_STAGES.length} value={done} aria-label={`Étapes de la campagne ${run.name}`} />
      <ol className="admin-stages">
        {RUN_STAGES.map((stage) => (
          <li key={stage} className={run.stages.includes(stage) ? 'is-done' : ''}>
            {capital(RunStageLabels[stage])}
            <span className="visually-hidden">{run.stages.includes(stage) ? ' : faite' : ''}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function About({ run, isOnItsWay }: { readonly run: CampaignRun; readonly isOnItsWay: boolean }) {
  const [word, text] = standing(run);
  return (
    <>
      <p className="duty-who">
        <strong>{run.name}</strong>
      </p>
      <p>
        <span className={`word word-${word}`}>{text}</span>
      </p>
      <p className="quiet">
        Au {shortDate(run.asOf)}, demandée le {shortDate(run.askedAt)} à {hour(run.askedAt)}
        {run.endedAt !== null && `, finie à ${hour(run.endedAt)}`}
      </p>
      {isOnItsWay && <Stages run={run} />}
      {run.message !== null && <p className="warning">{run.message}</p>}
    </>
  );
}

/** A campaign that was asked for: how far it is, to stop it, to take it up again. */
export function RunRow({ run }: { readonly run: CampaignRun }) {
  const client = useQueryClient();
  const { runId, name, state, silent } = run;
  const { busy, trouble, send } = useChange({ name: `run ${runId}`, values: {} });
  const isOnItsWay = (state === 'asked' || state === 'running') && !silent;
  const mayResume = silent || state === 'failed' || state === 'cancelled';
  const change = async (work: () => Promise<unknown>, done: string) => {
    if (await send(work, done)) await client.invalidateQueries({ queryKey: ['campaigns'] });
  };
  return (
    <li className="duty">
      <div>
        <About run={run} isOnItsWay={isOnItsWay} />
        {trouble}
      </div>
      <div className="duty-actions">
        {isOnItsWay && (
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            aria-label={`Arrêter ${name}`}
            onClick={() =>
              void change(
                () => call('cancelCampaign', { params: { runId } }),
                `${name} : arrêt demandé, rien n’est à moitié écrit.`,
              )
            }
          >
            Arrêter
          </button>
        )}
        {mayResume && (
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            aria-label={`Reprendre ${name}`}
            onClick={() =>
              void change(
                () => call('resumeCampaign', { params: { runId } }),
                `${name} : reprise après la dernière étape finie.`,
              )
            }
          >
            Reprendre
          </button>
        )}
      </div>
    </li>
  );
}
