import { PAGE_MAX } from '@raccroche/contract';

/** Where the page after this one begins; null when this one is not full. */
export const nextPage = <Row, Id>(rows: readonly Row[], idOf: (row: Row) => Id): Id | null => {
  const last = rows.length < PAGE_MAX ? undefined : rows.at(-1);
  return last === undefined ? null : idOf(last);
};
