/** A circle to draw for a place: its size, and where the place lies. */
export interface Placed {
  readonly key: string;
  readonly radius: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Circle {
  readonly key: string;
  readonly radius: number;
  readonly x: number;
  readonly y: number;
}

/** Left free between two circles, and around them all. */
const GAP = 3;
/** How far a circle goes back each time towards its place. */
const PULL = 0.05;
/** Rounds of pushing apart, and pairs looked at in all: a département has nine hundred communes. */
const ROUNDS = 200;
const PAIRS_MAX = 12_000_000;
/** Circles fill no more than this share of the drawing, whatever the country is like. */
const FILLED = 0.35;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const RADIANS = Math.PI / 180;

/** Where the places lie in a drawing of this width, in proportion. Places at one point stand around it. */
function project(places: readonly Placed[], width: number) {
  const middle = places.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, places.length);
  const stretch = Math.cos(middle * RADIANS);
  const flat = places.map(({ latitude, longitude }) => ({ x: longitude * stretch, y: -latitude }));
  const [left, top] = [Math.min(...flat.map(({ x }) => x)), Math.min(...flat.map(({ y }) => y))];
  const wide = Math.max(...flat.map(({ x }) => x)) - left;
  const high = Math.max(...flat.map(({ y }) => y)) - top;
  const area = places.reduce((sum, { radius }) => sum + Math.PI * (radius + GAP) ** 2, 0);
  const inner = width - 2 * (Math.max(...places.map(({ radius }) => radius)) + GAP);
  const height = Math.max(width * 0.45, area / FILLED / width);
  const scale = Math.min(
    wide > 0 ? inner / wide : Number.POSITIVE_INFINITY,
    high > 0 ? height / high : inner,
  );
  const used = Number.isFinite(scale) ? scale : 1;
  const before = (width - wide * used) / 2;
  return flat.map(({ x, y }, index) => ({
    x: before + (x - left) * used + Math.cos(index * GOLDEN_ANGLE),
    y: (y - top) * used + Math.sin(index * GOLDEN_ANGLE),
  }));
}

/** Moves two circles that touch by half of what they share. */
function pushApart(points: { x: number; y: number }[], radii: readonly number[]): boolean {
  let touched = false;
  for (const [index, one] of points.entries())
    for (let other = index + 1; other < points.length; other += 1) {
      const two = points[other];
      if (two === undefined) continue;
      const least = (radii[index] ?? 0) + (radii[other] ?? 0) + GAP;
      const [dx, dy] = [two.x - one.x, two.y - one.y];
      if (Math.abs(dx) >= least || Math.abs(dy) >= least) continue;
      const apart = Math.hypot(dx, dy) || 0.01;
      if (apart >= least) continue;
      touched = true;
      const half = (least - apart) / 2 / apart;
      one.x -= dx * half;
      one.y -= dy * half;
      two.x += dx * half;
      two.y += dy * half;
    }
  return touched;
}

/**
 * Circles beside each other as their places lie, without one over another (a cartogram after D. Dorling, 1996): as far as they have room,
 * each stays near its place. Same places, same drawing. `height`: what they take, in the same unit as `width`.
 */
export function placeCircles(
  places: readonly Placed[],
  width: number,
): { readonly circles: readonly Circle[]; readonly height: number } {
  if (places.length === 0) return { circles: [], height: 0 };
  const homes = project(places, width);
  const points = homes.map((home) => ({ ...home }));
  const radii = places.map(({ radius }) => radius);
  const rounds = Math.min(ROUNDS, Math.ceil(PAIRS_MAX / places.length ** 2));
  for (let round = 0; round < rounds; round += 1) {
    // Towards the end nothing pulls any more: what is left apart stays apart.
    const pull = PULL * (1 - round / rounds);
    for (const [index, point] of points.entries()) {
      const home = homes[index] ?? point;
      point.x += (home.x - point.x) * pull;
      point.y += (home.y - point.y) * pull;
    }
    const touched = pushApart(points, radii);
    for (const [index, point] of points.entries()) {
      const edge = (radii[index] ?? 0) + GAP;
      point.x = Math.min(width - edge, Math.max(edge, point.x));
    }
    if (!touched && pull < PULL / 2) break;
  }
  const top = Math.min(...points.map(({ y }, index) => y - (radii[index] ?? 0))) - GAP;
  const bottom = Math.max(...points.map(({ y }, index) => y + (radii[index] ?? 0))) + GAP;
  return {
    circles: places.map(({ key, radius }, index) => ({
      key,
      radius,
      x: points[index]?.x ?? 0,
      y: (points[index]?.y ?? 0) - top,
    })),
    height: bottom - top,
  };
}

/** The nearest circle that way: where an arrow key goes; undefined when there is none. */
export function nextCircle(
  circles: readonly Circle[],
  from: string,
  dx: number,
  dy: number,
): string | undefined {
  const here = circles.find(({ key }) => key === from);
  if (here === undefined) return undefined;
  const ways = circles.flatMap((one) => {
    const [x, y] = [one.x - here.x, one.y - here.y];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    return along > 0 && across <= along * 1.5 ? [{ key: one.key, far: along + 2 * across }] : [];
  });
  return ways.sort((one, other) => one.far - other.far)[0]?.key;
}

/** Height of a name, and how far under its circle its line stands. */
export const NAME = { height: 13, under: 11 } as const;

/**
 * The circles under which a name has room, the first ones first: over no circle, over no other name, within the drawing.
 * `lengths`: widths of the names, in the unit of the drawing.
 */
export function namesUnder(
  circles: readonly Circle[],
  lengths: ReadonlyMap<string, number>,
  width: number,
): ReadonlySet<string> {
  const taken: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }[] = [];
  const named = new Set<string>();
  for (const { key, x, y, radius } of circles) {
    const half = (lengths.get(key) ?? 0) / 2;
    const top = y + radius;
    const box = { left: x - half, right: x + half, top, bottom: top + NAME.height };
    const isFree =
      box.left >= 0 &&
      box.right <= width &&
      taken.every(
        (one) => one.right < box.left || one.left > box.right || one.bottom < box.top || one.top > box.bottom,
      ) &&
      circles.every(
        (one) =>
          one.key === key ||
          Math.hypot(
            one.x - Math.min(box.right, Math.max(box.left, one.x)),
            one.y - Math.min(box.bottom, Math.max(box.top, one.y)),
          ) > one.radius,
      );
    if (!isFree) continue;
    taken.push(box);
    named.add(key);
  }
  return named;
}
