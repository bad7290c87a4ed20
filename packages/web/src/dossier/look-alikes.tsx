import type { CaseDetail } from '@raccroche/contract';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { may, useMe } from '../client/session.ts';
import { BeforeDeath } from '../litiges/before-death.tsx';
import { capital, french, fullName } from '../words/texts.ts';
import { FindDuplicate } from './find-duplicate.tsx';
import { JoinHere } from './join-here.tsx';
import { TwoIdentities } from './two-identities.tsx';
import { usePlainAct } from './use-plain-act.tsx';

type LookAlike = CaseDetail['lookAlikes'][number];
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
      <div className="duty-actions">
        <JoinHere one={one} other={other} />
        <button type="button" className="button button-quiet" disabled={busy} onClick={() => void part()}>
          Ce sont deux personnes
        </button>
      </div>
    </>
  );
}

const ToDecide = () => (
  <p>
    <Link href="/litiges">Voir les identités à trancher</Link>
  </p>
);

function Item({ one, alike }: { readonly one: CaseDetail; readonly alike: LookAlike }) {
  if (alike.kind === 'death')
    return (
      <li className="look-alike">
        <BeforeDeath />
        <ToDecide />
      </li>
    );
  return (
    <li className="look-alike">
      {alike.reasons.map((reason) => (
        <p key={reason}>{french(capital(reason))}.</p>
      ))}
      {alike.case === null ? (
        <>
          <p className="quiet">
            {alike.kind === 'within'
              ? 'Le doute est dans les lignes de cette personne elle-même.'
              : `L’autre porte le numéro ${alike.siei} ; vous n’avez pas accès à son dossier.`}
          </p>
          <ToDecide />
        </>
      ) : (
        <>
          <TwoIdentities one={one} other={alike.case} />
          <p>
            <Link href={`/dossiers/${alike.case.caseId}`}>Ouvrir le dossier de {fullName(alike.case)}</Link>
          </p>
          <Decide one={one} alike={alike} other={alike.case.caseId} />
        </>
      )}
    </li>
  );
}

/** Who else this person might be, as the campaign asks, whom else a telephone reaches, and a case that nobody had seen. */
export function LookAlikes({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const known = one.lookAlikes.length + one.samePhone.length > 0;
  const mayJoin = me && may(me, 'case.act') && one.pathway !== 'closed';
  if (!known && !mayJoin) return null;
  return (
    <section className="panel" aria-labelledby="ressemblances">
      <h2 id="ressemblances">
        {known ? 'Peut-être une autre personne' : 'Un autre dossier de la même personne'}
      </h2>
      {known && (
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
      )}
      {mayJoin && <FindDuplicate one={one} />}
    </section>
  );
}
