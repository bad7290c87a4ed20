import type { CaseDetail } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { noteReached } from '../client/outbox.ts';

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId],
    queryFn: async ({ signal }) => {
      const found = await call('caseDetail', { params: { caseId } }, signal);
      noteReached(true);
      return found;
    },
  });

/** Who a person of the case is for the reader. */
export function actorName(one: CaseDetail, actor: string | null, me: string | undefined): string {
  if (actor === null) return 'Raccroche';
  if (actor === me) return 'Vous';
  return one.colleagues.find(({ personId }) => personId === actor)?.displayName ?? 'Un autre service';
}
