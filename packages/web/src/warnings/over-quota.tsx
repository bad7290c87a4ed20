import { RAISE_PURPOSES, type RaisePurpose, RaisePurposeLabels } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { capital } from '../words/texts.ts';
import { AskMore } from './ask-more.tsx';

const KEY = ['allowances'];

/** In place of what a day no longer allows to see. `onRetry`: once more was granted. */
export function OverQuota({ onRetry }: { readonly onRetry: () => void }) {
  const client = useQueryClient();
  const [purpose, setPurpose] = useState<RaisePurpose>('new_list');
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call('myAllowances', {}, signal),
    staleTime: 0,
  });
  const over = (data?.allowances ?? []).filter(({ left }) => left === 0);
  return (
    <section className="act-form" role="alert" aria-label="La limite du jour">
      <p>
        <strong>C’est assez pour aujourd’hui, sauf si votre travail demande plus.</strong>
      </p>
      <label className="field admin-choose">
        <span>Pour quoi faire ?</span>
        <select value={purpose} onChange={(event) => setPurpose(event.target.value as RaisePurpose)}>
          {RAISE_PURPOSES.map((one) => (
            <option key={one} value={one}>
              {capital(RaisePurposeLabels[one])}
            </option>
          ))}
        </select>
      </label>
      {over.map((allowance) => (
        <AskMore
          key={allowance.kind}
          allowance={allowance}
          purpose={purpose}
          onAsked={() => client.invalidateQueries({ queryKey: KEY })}
        />
      ))}
      <p>
        <button type="button" className="button" onClick={onRetry}>
          Réessayer
        </button>
      </p>
    </section>
  );
}
