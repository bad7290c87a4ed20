import { type CaseDetail, type SolutionKind, SolutionKindLabels } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { part } from '../frame/missing-parts.tsx';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

const OTHER = 'other';

/** Structures of the platform that answer here, then any other by its name. */
function useStructures(platform: string | null): Readonly<Record<string, string>> {
  const { data } = useQuery({
    queryKey: ['structures', platform],
    queryFn: ({ signal }) => call('structures', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== null,
    staleTime: 300_000,
    meta: part('les structures'),
  });
  const here = (data?.structures ?? []).map(({ organisation, name }) => [
    organisation,
    `${name} (répond ici)`,
  ]);
  return Object.fromEntries([...here, [OTHER, 'une autre structure']]) as Record<string, string>;
}

/** Proposes a solution to a structure. */
export function ReferralForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const structures = useStructures(one.platformId);
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState('');
  const [solution, setSolution] = useState<SolutionKind>(one.solution ?? 'vocational_training');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const to = chosen ?? Object.keys(structures)[0] ?? OTHER;
  const record = (event: FormEvent) => {
    event.preventDefault();
    const structure = to === OTHER ? name.trim() : (structures[to] ?? '').replace(' (répond ici)', '');
    void send({
      route: 'propose',
      body: { solution, ...(to === OTHER ? { structure } : { organisation: to }) },
      done: `Proposé à ${structure}`,
      mine: `Proposer ${SolutionKindLabels[solution]} à ${structure}`,
    });
  };
  return (
    <form className="act-form" aria-label="Proposer à une structure" onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select label="À quelle structure ?" labels={structures} chosen={to} onChoose={setChosen} />
        {to === OTHER && (
          <label className="field">
            <span>Nom de la structure</span>
            <input
              type="text"
              required
              minLength={2}
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        )}
        <Select label="Solution" labels={SolutionKindLabels} chosen={solution} onChoose={setSolution} />
      </div>
      <p className="quiet">
        {to === OTHER
          ? 'Appelez-la, puis notez ici sa réponse.'
          : 'Elle verra le prénom, l’initiale du nom, l’âge, la commune et la solution, et répondra ici. Rien d’autre du dossier.'}
      </p>
      <p>
        <button type="submit" className="button" disabled={busy}>
          Proposer
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien proposer
        </button>
      </p>
    </form>
  );
}
