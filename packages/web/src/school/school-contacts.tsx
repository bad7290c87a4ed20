import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { may, useMe } from '../client/session.ts';
import { part } from '../frame/missing-parts.tsx';

type School = RouteOutput<'schoolContacts'>['schools'][number];

function Contact({ school }: { readonly school: School }) {
  const client = useQueryClient();
  const [email, setEmail] = useState(school.email ?? '');
  const [problem, setProblem] = useState<string>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      await call('setSchoolContact', {
        body: { uai: school.uai, email: email.trim() === '' ? null : email.trim() },
      });
      tell({ tone: 'done', text: email.trim() === '' ? 'Adresse retirée.' : 'Adresse enregistrée.' });
      await client.invalidateQueries({ queryKey: ['school-contacts'] });
    } catch (error) {
      setProblem(
        error instanceof ApiProblem && error.code === 'bad_request'
          ? 'Écrivez une adresse comme direction@exemple.fr.'
          : 'Cela n’a pas pu être enregistré. Réessayez dans un instant.',
      );
    }
  };
  return (
    <form className="school-contact" onSubmit={(event) => void save(event)}>
      <label className="field" htmlFor={`adresse-${school.uai}`}>
        Adresse électronique de l’établissement ({school.name})
      </label>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      <div>
        <input
          id={`adresse-${school.uai}`}
          type="email"
          value={email}
          autoComplete="off"
          onChange={(event) => setEmail(event.target.value)}
        />
        <button type="submit" className="button button-quiet">
          Enregistrer
        </button>
      </div>
    </form>
  );
}

/** Where the platforms write to the school: its own people say it. */
export function SchoolContacts() {
  const { data: me } = useMe();
  const { data } = useQuery({
    queryKey: ['school-contacts'],
    queryFn: ({ signal }) => call('schoolContacts', {}, signal),
    enabled: me !== undefined && me !== null && may(me, 'school.contact'),
    meta: part('où l’on vous écrit'),
  });
  if (data === undefined || data.schools.length === 0) return null;
  return (
    <section className="panel school-part" aria-labelledby="adresse">
      <h2 id="adresse">Où vous écrire</h2>
      <p className="quiet">
        Les questions des plateformes arrivent à cette adresse, un message par jour au plus, avec un lien pour
        répondre sans mot de passe. Choisissez une boîte lue par la direction ou la vie scolaire.
      </p>
      {data.schools.map((school) => (
        <Contact key={`${school.uai} ${school.email}`} school={school} />
      ))}
    </section>
  );
}
