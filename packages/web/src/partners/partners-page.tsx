import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import '../style/partners.css';
import { call } from '../client/call.ts';
import { findDraft } from '../client/draft.ts';
import { useMe } from '../client/session.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { AddForm } from './add-form.tsx';
import { PARTNER_DRAFT } from './new-partner.ts';
import { PartnerPanel } from './partner-panel.tsx';
import { ShownSecret } from './shown-secret.tsx';

/** The systems of partners, for whoever answers for them. */
export default function Partners() {
  const { data: me } = useMe();
  // Somebody who left the form for a second factor finds it open.
  const [adding, setAdding] = useState(() => findDraft(PARTNER_DRAFT, me?.personId) !== undefined);
  const [shown, setShown] = useState<{ clientId: string; secret: string } | undefined>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['partners'],
    queryFn: ({ signal }) => call('partners', {}, signal),
  });
  const show = (secret: { clientId: string; secret: string }) => {
    setShown(secret);
    setAdding(false);
  };
  return (
    <div className="page">
      <title>Partenaires · Raccroche</title>
      <h1>Systèmes partenaires</h1>
      <p className="lead">
        Les logiciels des missions locales, des CFA et des établissements qui échangent avec vos plateformes.
        Aucun ne lit un dossier ; tout ce qu’ils font est gardé dans la trace.
      </p>
      {shown && <ShownSecret key={shown.secret} {...shown} onClose={() => setShown(undefined)} />}
      {adding ? (
        <AddForm onAdded={show} onCancel={() => setAdding(false)} />
      ) : (
        <p className="partner-add">
          <button type="button" className="button" onClick={() => setAdding(true)}>
            Relier un système
          </button>
        </p>
      )}
      {isPending && <Skeleton lines={6} />}
      {error !== null && (
        <Failed error={error} what="les systèmes partenaires" onRetry={() => void refetch()} />
      )}
      {data && data.partners.length === 0 && !adding && (
        <Empty title="Aucun système n’est relié.">
          <p>Une mission locale peut dire ce que deviennent les jeunes, un CFA déposer ses effectifs.</p>
        </Empty>
      )}
      {data?.partners.map((partner) => (
        <PartnerPanel key={partner.partnerId} partner={partner} onSecret={show} />
      ))}
    </div>
  );
}
