import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import { probabilityOf } from '../scoring/weights.ts';
import type { LinkSession } from '../session.ts';
import { allocate } from './allocate.ts';

export interface ReviewRequest {
  /** Table of scored pairs: the lower the threshold it was scored with, the more the recall covers. */
  readonly pairs: string;
  /** Least weight that links. */
  readonly threshold: number;
  /** Pairs to label. */
  readonly size: number;
  readonly seed?: number;
  /** Labels that every band gets if it has the pairs; 5 by default. */
  readonly minimumPerBand?: number;
}

/** Pairs whose weights are alike. Bands never straddle the threshold. */
export interface ReviewBand {
  readonly number: number;
  /** Least weight, inclusive; −∞ for the lowest. */
  readonly from: number;
  /** Weight that ends it, exclusive; +∞ for the highest. */
  readonly to: number;
  /** Its pairs are linked. */
  readonly linked: boolean;
  readonly pairs: number;
  /** Share of matches that the model expects, 0 to 1. */
  readonly expectedShare: number;
  /** Pairs of it to label. */
  readonly sample: number;
}

export interface PairToReview {
  readonly band: number;
  readonly ridL: number;
  readonly ridR: number;
  readonly idL: string;
  readonly idR: string;
  readonly weight: number;
}

export interface ReviewPlan {
  readonly threshold: number;
  readonly bands: readonly ReviewBand[];
  /** In an order that shows neither band nor weight: who labels should not know what the model thinks. */
  readonly pairs: readonly PairToReview[];
}

/** Distances of the bands' ends from the threshold. */
const OFFSETS = [-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12] as const;
/** Weights are counted by parts this wide before the bands are judged. */
const PARTS = 8;

/**
 * Which pairs to label next. F1 = 2·TP / (links + matches), and the number of links is known: a band adds to its variance
 * by (2·linked − F1)² · N² · p(1 − p), so labels go by N · |2·linked − F1| · √(p(1 − p)) (Neyman), with a minimum in
 * every band so that the model can be found wrong where it is sure. Within a band pairs are drawn by a seeded hash.
 */
export async function planReview(
  session: LinkSession,
  model: Model,
  request: ReviewRequest,
): Promise<ReviewPlan> {
  const { threshold, size, minimumPerBand = 5 } = request;
  const bands = await readBands(session, request);
  const f1 = expectedF1(bands);
  const importance = bands.map(({ linked, pairs, expectedShare }) => {
    return pairs * Math.abs((linked ? 2 : 0) - f1) * Math.sqrt(expectedShare * (1 - expectedShare));
  });
  const samples = allocate(
    size,
    importance,
    bands.map(({ pairs }) => pairs),
    minimumPerBand,
  );
  const planned = bands.map((band, index) => ({ ...band, sample: samples[index] ?? 0 }));
  return { threshold, bands: planned, pairs: await drawPairs(session, model, request, planned) };
}

/** SQL of the part of a weight: whole numbers from the threshold. Both ends come from it, so that bands never differ. */
function partSql(threshold: number): string {
  return `floor((match_weight - ${numberSql(threshold)}) * ${PARTS})`;
}

function bandSql(threshold: number): string {
  const whens = OFFSETS.map(
    (offset, index) => `WHEN ${partSql(threshold)} < ${offset * PARTS} THEN ${index}`,
  );
  return `CASE ${whens.join(' ')} ELSE ${OFFSETS.length} END`;
}

async function readBands(
  session: LinkSession,
  { pairs, threshold }: ReviewRequest,
): Promise<readonly Omit<ReviewBand, 'sample'>[]> {
  const rows = await session.runner.all(
    `SELECT ${bandSql(threshold)} AS band, ${partSql(threshold)} AS part, count(*) AS n FROM ${pairs}
     GROUP BY ALL ORDER BY ALL`,
  );
  const sums = new Map<number, { pairs: number; expected: number }>();
  for (const row of rows) {
    const [band, part, count] = [Number(row.band), Number(row.part), Number(row.n)];
    const known = sums.get(band) ?? { pairs: 0, expected: 0 };
    const middle = threshold + (part + 0.5) / PARTS;
    sums.set(band, { pairs: known.pairs + count, expected: known.expected + count * probabilityOf(middle) });
  }
  return [...sums].map(([number, { pairs: count, expected }]) => ({
    number,
    from: threshold + (OFFSETS[number - 1] ?? Number.NEGATIVE_INFINITY),
    to: threshold + (OFFSETS[number] ?? Number.POSITIVE_INFINITY),
    linked: number > OFFSETS.indexOf(0),
    pairs: count,
    expectedShare: expected / count,
  }));
}

function expectedF1(bands: readonly Omit<ReviewBand, 'sample'>[]): number {
  let [links, matches, right] = [0, 0, 0];
  for (const { linked, pairs, expectedShare } of bands) {
    matches += pairs * expectedShare;
    if (!linked) continue;
    links += pairs;
    right += pairs * expectedShare;
  }
  return links + matches === 0 ? 0 : (2 * right) / (links + matches);
}

async function drawPairs(
  session: LinkSession,
  model: Model,
  { pairs, threshold, seed = 1 }: ReviewRequest,
  bands: readonly ReviewBand[],
): Promise<readonly PairToReview[]> {
  const id = quoteName(model.idColumn);
  const wanted = bands.map(({ number, sample }) => `WHEN ${number} THEN ${sample}`);
  if (wanted.length === 0) return [];
  const rows = await session.runner.all(
    `SELECT p.band, p.rid_l, p.rid_r, l.${id}::VARCHAR AS id_l, r.${id}::VARCHAR AS id_r, p.match_weight
     FROM (SELECT rid_l, rid_r, match_weight, ${bandSql(threshold)} AS band, hash(rid_l, rid_r, ${Math.trunc(seed)}) AS draw,
         row_number() OVER (PARTITION BY band ORDER BY draw, rid_l, rid_r) AS place FROM ${pairs}) p
     JOIN ${session.records} l ON l.rid = p.rid_l JOIN ${session.records} r ON r.rid = p.rid_r
     WHERE p.place <= CASE p.band ${wanted.join(' ')} ELSE 0 END
     ORDER BY hash(p.rid_r, p.rid_l, ${Math.trunc(seed)}), p.rid_l, p.rid_r`,
  );
  return rows.map((row) => ({
    band: Number(row.band),
    ridL: Number(row.rid_l),
    ridR: Number(row.rid_r),
    idL: String(row.id_l),
    idR: String(row.id_r),
    weight: Number(row.match_weight),
  }));
}
