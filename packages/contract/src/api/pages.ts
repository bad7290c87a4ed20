import { z } from 'zod';

/** Of a page of openings, requests or notices of cases. */
export const PAGE_MAX = 100;
export const PageQuery = z.object({
  /** `next` of the page before. */
  after: z.uuid().optional(),
});
/** Where the next page begins; null: this is the last. */
export const NextPage = z.uuid().nullable();
