import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { part } from '../frame/missing-parts.tsx';
import { shortDate } from '../words/dates.ts';

const FEED_KEY = ['calendar-feed'] as const;

/** The address, when it was just given, and what may be done of it. */
function useFeed() {
  const client = useQueryClient();
  const [address, setAddress] = useState<string>();
  const { data } = useQuery({
    queryKey: FEED_KEY,
    queryFn: ({ signal }) => call('calendarFeed', {}, signal),
    staleTime: 60_000,
    meta: part('l’adresse de votre agenda'),
  });
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      await client.invalidateQueries({ queryKey: FEED_KEY });
    } catch {
      tell({ tone: 'problem', text: 'Cela n’a pas abouti. Réessayez dans un instant.' });
    }
  };
  const open = () =>
    attempt(async () => {
      const { path } = await call('openCalendarFeed', {});
      setAddress(window.location.origin + path);
    });
  const end = () =>
    attempt(async () => {
      await call('endCalendarFeed', {});
      setAddress(undefined);
      tell({ tone: 'done', text: 'L’adresse est retirée : votre agenda ne lit plus rien.' });
    });
  return { data, address, open, end };
}

/** The secret address by which my own calendar reads my appointments. */
export function CalendarFeed() {
  const { data, address, open, end } = useFeed();
  if (data === undefined) return null;
  return (
    <section className="panel" aria-labelledby="mon-agenda">
      <h2 id="mon-agenda">Dans mon agenda</h2>
      <p className="quiet">
        Votre agenda (téléphone, messagerie) peut lire vos rendez-vous à une adresse secrète. Il y verra
        l’heure, des initiales et un lien vers le dossier, jamais un nom ni un lieu.
      </p>
      {address !== undefined && (
        <label className="field">
          <span>
            À copier dans votre agenda, « s’abonner à une adresse ». Elle n’est montrée qu’une fois.
          </span>
          <input type="text" readOnly value={address} onFocus={(event) => event.target.select()} />
        </label>
      )}
      {data.since !== null && (
        <p>
          Adresse donnée le {shortDate(data.since)}
          {data.readOn === null
            ? ', pas encore lue.'
            : `, lue pour la dernière fois le ${shortDate(data.readOn)}.`}
        </p>
      )}
      <p>
        <button type="button" className="button button-quiet" onClick={() => void open()}>
          {data.since === null ? 'Donner une adresse à mon agenda' : 'Changer d’adresse'}
        </button>{' '}
        {data.since !== null && (
          <button type="button" className="button button-quiet" onClick={() => void end()}>
            Retirer l’adresse
          </button>
        )}
      </p>
    </section>
  );
}
