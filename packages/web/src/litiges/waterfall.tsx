import type { LitigeEvidence } from '@raccroche/contract';
import { capital } from '../words/texts.ts';
import { oddsText, weightText } from './litige-words.ts';

interface Step extends LitigeEvidence {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** Each weight begins where the ones before it end. */
function stepsOf(evidence: readonly LitigeEvidence[]): Step[] {
  let sum = 0;
  return evidence.map((one, index) => {
    const from = sum;
    sum += one.weight;
    return { ...one, key: `${index} ${one.comparison}`, from, to: sum };
  });
}

const labelOf = ({ comparison, level }: LitigeEvidence) =>
  capital(level === '' ? comparison : `${comparison} : ${level}`);

function Bar({
  label,
  weight,
  left,
  width,
  zero,
  kind,
}: {
  readonly label: string;
  readonly weight: number;
  readonly left: number;
  readonly width: number;
  readonly zero: number;
  readonly kind: 'together' | 'apart' | 'total';
}) {
  return (
    <li className="fall-line">
      <span className="fall-label">{label}</span>
      <span className="fall-track">
        <span className="fall-zero" style={{ left: `${zero}%` }} />
        <span className={`fall-bar fall-${kind}`} style={{ left: `${left}%`, width: `${width}%` }} />
      </span>
      <span className="fall-weight">{weightText(weight)}</span>
    </li>
  );
}

const LEAST_WIDTH = 0.8;

/** The same as a table: what a screen reader reads. */
function Numbers({ steps, total }: { readonly steps: readonly Step[]; readonly total: number }) {
  return (
    <details className="fall-table">
      <summary>Les mêmes chiffres, en tableau</summary>
      <table className="plain-table">
        <caption className="visually-hidden">Poids de chaque comparaison</caption>
        <thead>
          <tr>
            <th scope="col">Comparaison</th>
            <th scope="col">Sens</th>
            <th scope="col">Poids</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.key}>
              <th scope="row">{labelOf(step)}</th>
              <td>{step.weight < 0 ? 'sépare' : 'rapproche'}</td>
              <td>{weightText(step.weight)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">En tout</th>
            <td>{oddsText(total)}</td>
            <td>{weightText(total)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  );
}

/** What pushes together and what pulls apart, one bar a field, and the same as a table. */
export function Waterfall({ evidence }: { readonly evidence: readonly LitigeEvidence[] }) {
  const steps = stepsOf(evidence);
  const total = steps.at(-1)?.to ?? 0;
  const low = Math.min(0, total, ...steps.map(({ to }) => to));
  const high = Math.max(0, total, ...steps.map(({ to }) => to));
  const place = (value: number) => (100 * (value - low)) / (high - low || 1);
  const bar = (from: number, to: number) => ({
    left: Math.min(place(from), 100 - LEAST_WIDTH, place(to)),
    width: Math.max(LEAST_WIDTH, Math.abs(place(to) - place(from))),
    zero: place(0),
  });
  return (
    <section className="panel" aria-labelledby="ce-qui-pese">
      <h3 id="ce-qui-pese">Ce qui rapproche, ce qui sépare</h3>
      <p>
        En tout : <strong>{weightText(total)}</strong>, {oddsText(total)}.{' '}
        <span className="quiet">Chaque point double.</span>
      </p>
      <ul className="fall" aria-hidden>
        {steps.map((step) => (
          <Bar
            key={step.key}
            label={labelOf(step)}
            weight={step.weight}
            kind={step.weight < 0 ? 'apart' : 'together'}
            {...bar(step.from, step.to)}
          />
        ))}
        <Bar label="En tout" weight={total} kind="total" {...bar(0, total)} />
      </ul>
      <p className="fall-legend quiet" aria-hidden>
        <span className="fall-key fall-together" /> rapproche <span className="fall-key fall-apart" /> sépare
      </p>
      <Numbers steps={steps} total={total} />
    </section>
  );
}
