import type { ReviewBand, ReviewPlan } from './clerical-plan.ts';
import { LabelError } from './labels.ts';

/** Says what the file is, and how to read it. */
const PLAN_FORMAT = 'raccroche-linkage-plan/1';

/**
 * What a plan must remember while its pairs are being labelled, apart from the sheet that people fill, which shows them
 * neither band nor weight: the bands, and the band of each pair of the sheet, by its number from 1.
 */
export interface PlanFile {
  readonly threshold: number;
  readonly bands: readonly ReviewBand[];
  readonly bandOfPair: readonly number[];
}

export function planFileOf({ threshold, bands, pairs }: ReviewPlan): PlanFile {
  return { threshold, bands, bandOfPair: pairs.map(({ band }) => band) };
}

/** As JSON; the ends of the outermost bands, infinite, are null. */
export function writePlanFile(plan: PlanFile): string {
  return `${JSON.stringify({ format: PLAN_FORMAT, ...plan }, null, 2)}\n`;
}

/** Reads what `writePlanFile` wrote. Throws LabelError for anything else. */
export function readPlanFile(text: string): PlanFile {
  const parsed = parse(text);
  if (!isObject(parsed) || parsed.format !== PLAN_FORMAT)
    throw new LabelError(
      `the plan is not a file of the format ${PLAN_FORMAT}: give what the command plan wrote`,
    );
  const { threshold, bands, bandOfPair } = parsed;
  const read = Array.isArray(bands) ? bands.map(readBand) : [];
  const known = new Set(read.map((band) => band?.number));
  const whole =
    typeof threshold === 'number' &&
    Array.isArray(bandOfPair) &&
    bandOfPair.every((one: unknown) => typeof one === 'number' && known.has(one));
  if (!whole || known.has(undefined)) throw new LabelError('the plan is damaged: make it again');
  return {
    threshold,
    bands: read.flatMap((band) => (band === undefined ? [] : [band])),
    bandOfPair: bandOfPair as readonly number[],
  };
}

function readBand(value: unknown): ReviewBand | undefined {
  if (!isObject(value)) return undefined;
  const { number, from, to, linked, pairs, expectedShare, sample } = value;
  const numbers = [number, pairs, expectedShare, sample];
  const whole = numbers.every((one) => typeof one === 'number') && typeof linked === 'boolean';
  if (!whole || ![from, to].every((end) => end === null || typeof end === 'number')) return undefined;
  return {
    number: Number(number),
    from: from === null ? Number.NEGATIVE_INFINITY : Number(from),
    to: to === null ? Number.POSITIVE_INFINITY : Number(to),
    linked: linked === true,
    pairs: Number(pairs),
    expectedShare: Number(expectedShare),
    sample: Number(sample),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
