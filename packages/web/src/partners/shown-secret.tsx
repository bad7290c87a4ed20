import { useEffect, useRef, useState } from 'react';

/** What its technical contact needs; the secret is nowhere else, and gone when this is closed. */
export function ShownSecret({
  clientId,
  secret,
  onClose,
}: {
  readonly clientId: string;
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const [copied, setCopied] = useState(false);
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <section ref={place} tabIndex={-1} className="panel secret" aria-labelledby="secret">
      <h2 id="secret">Le secret, montré cette seule fois</h2>
      <p>
        Transmettez-le maintenant au contact technique, par une voie sûre. Personne ne pourra le relire : s’il
        se perd, donnez-en un nouveau.
      </p>
      <dl className="secret-values">
        <dt>Identifiant (client_id)</dt>
        <dd>
          <code>{clientId}</code>
        </dd>
        <dt>Secret (client_secret)</dt>
        <dd>
          <code>{secret}</code>
        </dd>
      </dl>
      <p className="secret-actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {copied ? 'Copié' : 'Copier le secret'}
        </button>
        <button type="button" className="button button-quiet" onClick={onClose}>
          C’est transmis, ne plus le montrer
        </button>
      </p>
    </section>
  );
}
