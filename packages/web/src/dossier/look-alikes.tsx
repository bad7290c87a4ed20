import type { CaseDetail } from '@raccroche/contract';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { may, useMe } from '../client/session.ts';
import { shortDate } from '../words/dates.ts';
import { french, fullName, type Named } from '../words/texts.ts';

import { usePlainAct } from './use-plain-act.tsx';

type LookAlike = CaseDetail['lookAlikes'][number];
type Identity = Named & { readonly birthDate: string };

const FIELDS = [
  ['Nom', ({ familyName }: Identity) => familyName],
  ['Prénoms', ({ firstNames }: Identity) => firstNames.join(', ')],
  ['Naissance', ({ birthDate }: Identity) => shortDate(birthDate)],
] as const;

/** Two identities side by side; a difference is marked by a sign and by weight, not by colour alone. */
function SideBySide({ one, other }: { readonly one: Identity; readonly other: Identity }) {
  return (
    <table className="plain-table side-by-side">
      <caption className="visually-hidden">Les deux identités, ligne à ligne</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Ce dossier</th>
          <th scope="col">L’autre</th>
        </tr>
      </thead>
      <tbody>
        {FIELDS.map(([label, read]) => {
          const differs = read(one).toLowerCase() !== read(other).toLowerCase();
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{read(one)}</td>
              <td className={differs ? 'differs' : ''}>
                {read(other)}
                {differs && <span className="tag">différent</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** One person or two: this case goes on with the other's story, or the campaign is told that they are two. */
function Decide({
  one,
  alike,
  other,
}: {
  readonly one: CaseDetail;
  readonly alike: LookAlike;
  readonly other: string;
}) {
  const { data: me } = useMe();
  const { busy, trouble, run } = usePlainAct();
  if (!me || !may(me, 'case.act') || one.pathway === 'closed') return null;
  const ofOther = { params: { caseId: other } };
  const join = () =>
    run(
      async () => {
        const { version } = await call('caseDetail', ofOther);
        const body = { version, into: one.caseId, intoVersion: one.version };
        await call('mergeCases', { ...ofOther, body });
      },
      'Dossiers réunis dans celui-ci',
      async () => {
        const { version } = await call('caseDetail', ofOther);
        await call('partCases', { ...ofOther, body: { version } });
      },
    );
  const part = () =>
    run(
      () =>
        call('decideLitige', {
          body: { siei1: one.siei, siei2: alike.siei, verdict: 'different', reason: '' },
        }),
      'Noté : deux personnes différentes',
    );
  return (
    <>
      {trouble}
      <p className="duty-actions">
        <button type="button" className="button" disabled={busy} onClick={() => void join()}>
          C’est la même personne : réunir ici
        </button>
        <button type="button" className="button button-quiet" disabled={busy} onClick={() => void part()}>
          Ce sont deux personnes
        </button>
      </p>
    </>
  );
}

function Item({ one, alike }: { readonly one: CaseDetail; readonly alike: LookAlike }) {
  return (
    <li className="look-alike">
      {alike.reasons.map((reason) => (
        <p key={reason}>{french(reason)}</p>
      ))}
      {alike.case === null ? (
        <p className="quiet">
          {alike.siei === one.siei
            ? 'Le doute est dans les lignes de cette personne elle-même.'
            : `L’autre porte le numéro ${alike.siei} ; vous n’avez pas accès à son dossier.`}
        </p>
      ) : (
        <>
          <SideBySide one={one} other={alike.case} />
          <p>
            <Link href={`/dossiers/${alike.case.caseId}`}>Ouvrir le dossier de {fullName(alike.case)}</Link>
          </p>
          <Decide one={one} alike={alike} other={alike.case.caseId} />
        </>
      )}
    </li>
  );
}

/** Who else this person might be, as the campaign asks; and whom else a telephone reaches. */
export function LookAlikes({ one }: { readonly one: CaseDetail }) {
  if (one.lookAlikes.length === 0 && one.samePhone.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="ressemblances">
      <h2 id="ressemblances">Peut-être une autre personne</h2>
      <ul>
        {one.lookAlikes.map((alike) => (
          <Item key={alike.siei} one={one} alike={alike} />
        ))}
        {one.samePhone.map((other) => (
          <li key={other.caseId} className="look-alike">
            Un de ses numéros joint aussi <Link href={`/dossiers/${other.caseId}`}>{fullName(other)}</Link>.
          </li>
        ))}
      </ul>
    </section>
  );
}
