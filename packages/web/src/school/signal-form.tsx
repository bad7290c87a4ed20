import { LegalClockTerms, REORIENTATION_MONTHS } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { ApiProblem } from '../client/problem.ts';
import { addMonths, ageAt, longDate } from '../words/dates.ts';
import { type Commune, CommuneField } from './commune-field.tsx';
import { useSchools, WhichSchool } from './which-school.tsx';

type Signalled = RouteOutput<'signal'>;

const ADULT_AGE = 18;
const EMPTY = { familyName: '', firstName: '', birthDate: '', leftOn: '', phone: '', uai: '' };
type Fields = typeof EMPTY;

function Field({
  name,
  label,
  fields,
  onChange,
  ...input
}: {
  readonly name: keyof Fields;
  readonly label: string;
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
  readonly type?: string;
  readonly required?: boolean;
  readonly max?: string;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        {...input}
        name={name}
        value={fields[name]}
        autoComplete="off"
        onChange={(event) => onChange({ ...fields, [name]: event.target.value })}
      />
    </label>
  );
}

/** What the law starts with a signalement, in words. */
function Clock({ birthDate }: { readonly birthDate: string }) {
  const { countedFrom, source } = LegalClockTerms.reorientation_interview;
  if (ageAt(birthDate, today()) >= ADULT_AGE)
    return (
      <p>
        La personne est majeure : aucun délai de la loi ne court, la plateforme la contacte et lui propose un
        entretien. Vous verrez ici où elle est entrée.
      </p>
    );
  return (
    <p>
      Un délai de la loi commence aujourd’hui : un entretien doit être tenu avec le représentant légal{' '}
      <strong>avant le {longDate(addMonths(today(), REORIENTATION_MONTHS), today())}</strong> ({source},
      compté depuis {countedFrom}). C’est la plateforme qui en répond.
    </p>
  );
}

function Followed({
  result,
  onAnother,
  onDone,
}: {
  readonly result: Signalled;
  readonly onAnother: () => void;
  readonly onDone: () => void;
}) {
  const places = result.followed.map(
    ({ platformName, department }) => platformName ?? `département ${department}`,
  );
  return (
    <div className="act-form" role="status">
      <h2>Cette personne est déjà suivie.</h2>
      <p>
        Quelqu’un des mêmes nom, prénom et date de naissance est suivi par :{' '}
        <strong>{places.join(', ')}</strong>. La plateforme sait que vous avez cherché. Il n’y a rien d’autre
        à faire.
      </p>
      <p className="actions">
        <button type="button" className="button" onClick={onDone}>
          C’est la même personne : terminer
        </button>
        <button type="button" className="button button-quiet" onClick={onAnother}>
          C’est quelqu’un d’autre : signaler
        </button>
      </p>
    </div>
  );
}

function IsSignalled({ birthDate, onDone }: { readonly birthDate: string; readonly onDone: () => void }) {
  return (
    <div className="act-form" role="status">
      <h2>C’est signalé.</h2>
      <p>
        La plateforme qui couvre sa commune est prévenue ; s’il n’y en a pas, la coordination du département
        s’en charge. Vous retrouvez cette personne dans la liste ci-dessous.
      </p>
      <Clock birthDate={birthDate} />
      <button type="button" className="button" onClick={onDone}>
        Fermer
      </button>
    </div>
  );
}

/** What came of telling: nothing yet, a case, or who follows the person already. */
function useSignal() {
  const client = useQueryClient();
  const [result, setResult] = useState<Signalled>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (fields: Fields, commune: Commune | undefined, anotherPerson: boolean) => {
    if (commune === undefined) {
      setProblem('Choisissez la commune où la personne habite : elle dit quelle plateforme la suivra.');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const { familyName, firstName, birthDate, leftOn, phone, uai } = fields;
      const body = {
        origin: 'school' as const,
        familyName,
        firstNames: [firstName],
        birthDate,
        commune: commune.code,
        anotherPerson,
        ...(uai === '' ? {} : { uai }),
        ...(leftOn === '' ? {} : { leftOn }),
        ...(phone.trim() === '' ? {} : { phone }),
      };
      setResult(await call('signal', { body, purpose: 'schooling' }));
      void client.invalidateQueries({ queryKey: ['former-pupils'] });
      void client.invalidateQueries({ queryKey: ['school-pupils'] });
    } catch (error) {
      setProblem(
        error instanceof ApiProblem
          ? error.message
          : 'Le service ne répond pas. Rien n’est perdu : réessayez.',
      );
    } finally {
      setBusy(false);
    }
  };
  return { result, problem, busy, send };
}

function PersonFields({
  fields,
  onChange,
}: {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}) {
  const given = { fields, onChange };
  return (
    <>
      <Field {...given} name="familyName" label="Nom de famille" required />
      <Field {...given} name="firstName" label="Prénom" required />
      <Field {...given} name="birthDate" label="Date de naissance" type="date" max={today()} required />
      <Field {...given} name="leftOn" label="Parti le (si vous le savez)" type="date" max={today()} />
      <Field {...given} name="phone" label="Téléphone (si vous l’avez)" type="tel" />
    </>
  );
}

/** Tells of a pupil who left: looked up first, then told to the platform of where they live. */
export function SignalForm({ onDone }: { readonly onDone: () => void }) {
  const [fields, setFields] = useState<Fields>(EMPTY);
  const [commune, setCommune] = useState<Commune>();
  const { result, problem, busy, send } = useSignal();
  const schools = useSchools();
  if (result?.caseId) return <IsSignalled birthDate={fields.birthDate} onDone={onDone} />;
  if (result !== undefined)
    return <Followed result={result} onDone={onDone} onAnother={() => void send(fields, commune, true)} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(fields, commune, false);
  };
  return (
    <form className="act-form signal-form" onSubmit={submit}>
      <h2>Signaler un élève parti</h2>
      <p className="quiet">
        Pour un jeune de 16 à 25 ans parti sans diplôme, que la liste ne connaît pas encore. Nous cherchons
        d’abord s’il est déjà suivi quelque part. Dites-lui, ou à son représentant légal, que vous le
        signalez.
      </p>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      <div className="signal-fields">
        <WhichSchool
          schools={schools}
          chosen={fields.uai}
          onChoose={(uai) => setFields({ ...fields, uai })}
        />
        <PersonFields fields={fields} onChange={setFields} />
        <CommuneField label="Commune où la personne habite" chosen={commune} onChoose={setCommune} />
      </div>
      <p className="actions">
        <button type="submit" className="button" disabled={busy}>
          Chercher, puis signaler
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Annuler
        </button>
      </p>
    </form>
  );
}
