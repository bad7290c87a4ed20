import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesUnder, nextCircle, type Placed, placeCircles } from './place-circles.ts';

const WIDTH = 640;
const place = (key: string, latitude: number, longitude: number, radius = 20): Placed => ({
  key,
  latitude,
  longitude,
  radius,
});
const places = fc
  .uniqueArray(
    fc.record({
      key: fc.string({ minLength: 1, maxLength: 5 }),
      radius: fc.integer({ min: 14, max: 40 }),
      // As far as a département goes; several may share one point.
      latitude: fc.integer({ min: 500, max: 510 }).map((tenths) => tenths / 10),
      longitude: fc.integer({ min: 20, max: 32 }).map((tenths) => tenths / 10),
    }),
    { selector: ({ key }) => key, maxLength: 60 },
  )
  .map((all): Placed[] => all);

describe('circles of communes', () => {
  test('lie in the drawing, hardly ever over one another, the same for the same places', () => {
    fc.assert(
      fc.property(places, (all) => {
        const { circles, height } = placeCircles(all, WIDTH);
        expect(placeCircles(all, WIDTH)).toEqual({ circles, height });
        for (const { x, y, radius } of circles) {
          expect(x).toBeGreaterThanOrEqual(radius);
          expect(x).toBeLessThanOrEqual(WIDTH - radius);
          expect(y).toBeGreaterThanOrEqual(radius);
          expect(y).toBeLessThanOrEqual(height - radius);
        }
        for (const [index, one] of circles.entries())
          for (const other of circles.slice(index + 1))
            expect(Math.hypot(other.x - one.x, other.y - one.y)).toBeGreaterThan(
              0.75 * (one.radius + other.radius),
            );
      }),
      { numRuns: 40 },
    );
  });

  test('north is up, east is right, and what is alone is in the middle', () => {
    const { circles } = placeCircles(
      [place('north', 50.7, 2.4), place('south', 50.1, 2.4), place('east', 50.4, 3)],
      WIDTH,
    );
    const at = (key: string) => circles.find((one) => one.key === key) ?? { x: Number.NaN, y: Number.NaN };
    expect(at('north').y).toBeLessThan(at('south').y);
    expect(at('east').x).toBeGreaterThan(at('north').x);
    expect(placeCircles([place('only', 50, 2)], WIDTH).circles[0]?.x).toBeCloseTo(WIDTH / 2, -1);
  });

  test('a name stands under its circle where nothing else does', () => {
    const circle = (key: string, x: number, y: number) => ({ key, x, y, radius: 20 });
    const circles = [
      circle('free', 100, 100),
      circle('above', 300, 100),
      circle('below', 300, 143),
      circle('edge', 20, 300),
    ];
    const lengths = new Map(circles.map(({ key }) => [key, 60]));
    expect([...namesUnder(circles, lengths, WIDTH)]).toEqual(['free', 'below']);
  });

  test('an arrow goes to the nearest that way', () => {
    const { circles } = placeCircles(
      [place('north', 50.7, 2.4), place('south', 50.1, 2.4), place('east', 50.4, 3)],
      WIDTH,
    );
    expect(nextCircle(circles, 'north', 0, 1)).toBe('south');
    expect(nextCircle(circles, 'north', 0, -1)).toBeUndefined();
    expect(nextCircle(circles, 'south', 1, 0)).toBe('east');
  });
});
