import { useQueryClient } from '@tanstack/react-query';

/** Reads again whatever shows partners. */
export function useRefreshPartners(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['partners'] });
}
