import { Older } from '../frame/older.tsx';
import { RequestRow, useRequests } from '../myday/requests.tsx';

/** What platforms ask of the coordination, about people whom none follows; nothing when nobody asks. */
export function DepartmentRequests() {
  const { requests, more } = useRequests('department', '');
  if (requests.length === 0) return null;
  return (
    <section className="stack">
      <h2>
        Demandes à la coordination <span className="count">{requests.length}</span>
      </h2>
      <p className="quiet">
        La commune de ces personnes n’est dans la zone d’aucune plateforme : vous répondez.
      </p>
      <ul>
        {requests.map((asked) => (
          <RequestRow key={asked.requestId} asked={asked} way="department" />
        ))}
      </ul>
      <Older {...more} label="Les suivantes" />
    </section>
  );
}
