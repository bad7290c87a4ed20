import { AppointmentConflictLabels, type CaseDetail } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { part } from '../frame/missing-parts.tsx';

/** What would stand in the way at that hour: told, never a refusal. */
export function InterviewConflicts({
  one,
  person,
  at,
  minutes,
}: {
  readonly one: CaseDetail;
  readonly person: string;
  readonly at: string;
  readonly minutes: number;
}) {
  const platform = one.platformId ?? '';
  const { data } = useQuery({
    queryKey: ['agenda', 'conflicts', platform, person, at, minutes, one.caseId],
    queryFn: ({ signal }) =>
      call('appointmentConflicts', { query: { platform, person, at, minutes, case: one.caseId } }, signal),
    enabled: platform !== '' && person !== '',
    meta: part('les rendez-vous à la même heure'),
  });
  const conflicts = data?.conflicts ?? [];
  return (
    <div role="status">
      {conflicts.length > 0 && (
        <p className="warning">
          Attention :{' '}
          {conflicts
            .map((conflict) =>
              conflict === 'holiday' && data?.holiday
                ? `${AppointmentConflictLabels.holiday} (${data.holiday})`
                : AppointmentConflictLabels[conflict],
            )
            .join(' ; ')}
          .
        </p>
      )}
    </div>
  );
}
