import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { type Me, may, useMe } from '../client/session.ts';

/** UAI numbers of the schools for which somebody may tell of a pupil. */
const schoolsOf = (me: Me): readonly string[] => [
  ...new Set(
    me.rights
      .filter((right) => right.permission === 'case.signal' && right.territoryKind === 'establishment')
      .map(({ territoryId }) => territoryId),
  ),
];

/** The schools that one may tell for: whoever answers for several says which; a name when it is known. */
export function useSchools(): readonly { readonly uai: string; readonly name: string }[] {
  const { data: me } = useMe();
  const schools = me ? schoolsOf(me) : [];
  const { data } = useQuery({
    queryKey: ['school-contacts'],
    queryFn: ({ signal }) => call('schoolContacts', {}, signal),
    enabled: me !== undefined && me !== null && schools.length > 1 && may(me, 'school.contact'),
  });
  return schools.map((uai) => {
    const name = data?.schools.find((school) => school.uai === uai)?.name;
    return {
      uai,
      name: name === undefined || name.includes(uai) ? `établissement ${uai}` : `${name} (${uai})`,
    };
  });
}

/** Which school tells it; nothing is shown to who answers for one. */
export function WhichSchool({
  schools,
  chosen,
  onChoose,
}: {
  readonly schools: ReturnType<typeof useSchools>;
  readonly chosen: string;
  readonly onChoose: (uai: string) => void;
}) {
  if (schools.length < 2) return null;
  return (
    <label className="field">
      <span>Quel établissement signale ?</span>
      <select required value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">Choisir</option>
        {schools.map(({ uai, name }) => (
          <option key={uai} value={uai}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
