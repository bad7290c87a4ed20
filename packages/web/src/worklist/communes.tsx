import { Link } from 'wouter';
import { Failed, Skeleton } from '../frame/states.tsx';
import { changedSearch, useUrlState } from '../frame/url-state.ts';
import { counted, number } from '../words/texts.ts';
import { useGroups } from './cases.ts';
import { CommuneMap } from './commune-map.tsx';
import { NobodyThere } from './empty-list.tsx';
import { filterOf, viewOf } from './filters.ts';

/** The same filter by commune, on a map and in a table, the largest first: each opens the list of its own. */
export default function Communes({ platform }: { readonly platform: string }) {
  const [url] = useUrlState();
  const groups = useGroups(platform, 'commune', filterOf(url));
  if (groups.isPending) return <Skeleton lines={8} height={40} />;
  if (groups.data === undefined)
    return <Failed error={groups.error} what="les communes" onRetry={() => void groups.refetch()} />;
  const communes = groups.data.groups;
  const most = communes[0]?.count ?? 1;
  if (communes.length === 0) return <NobodyThere view={viewOf(url)} />;
  const hrefOf = (commune: string) =>
    `/liste${changedSearch(url.toString(), { commune, affichage: undefined })}`;
  return (
    <>
      <CommuneMap platform={platform} groups={communes} hrefOf={hrefOf} />
      <table className="plain-table communes">
        <caption>
          {counted(communes.length, 'commune', 'communes')}. Chaque nom ouvre la liste de sa commune.
        </caption>
        <thead>
          <tr>
            <th scope="col">Commune</th>
            <th scope="col">Jeunes</th>
            <td aria-hidden />
          </tr>
        </thead>
        <tbody>
          {communes.map(({ value, name, count }) => (
            <tr key={value ?? ''}>
              <th scope="row">
                {value === null ? 'Commune non connue' : <Link href={hrefOf(value)}>{name ?? value}</Link>}
              </th>
              <td className="number">{number(count)}</td>
              <td aria-hidden className="bar-place">
                <div className="bar" style={{ width: `${(100 * count) / most}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
