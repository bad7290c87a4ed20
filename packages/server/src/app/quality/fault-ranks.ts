import { literal } from '../../platform/duckdb/sql.ts';
import { FAULT_TOPICS } from './causes.ts';

/** Rows (topic, fault, rank) of a VALUES list: what each fault may explain, the first of a topic being told. */
export const FAULT_RANK_ROWS = Object.entries(FAULT_TOPICS)
  .flatMap(([topic, faults]) =>
    faults.map((fault, rank) => `(${literal(topic)}, ${literal(fault)}, ${rank})`),
  )
  .join(', ');
