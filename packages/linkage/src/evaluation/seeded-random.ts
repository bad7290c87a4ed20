/** Numbers that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** At least 0, less than 1. */
  uniform(): number;
  /** A whole number from 0 to `below` − 1. */
  integer(below: number): number;
  /** A share whose prior odds were `a` to `b`; both above 0. */
  beta(a: number, b: number): number;
}

/** Source of the generator: Bob Jenkins' small fast counting generator, 32 bits (public domain). */
export function seededRandom(seed: number): SeededRandom {
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  // The first numbers show the seed.
  for (let round = 0; round < 12; round++) next();
  const gamma = gammaOf(next);
  return {
    uniform: next,
    integer: (below) => Math.floor(next() * below),
    beta(x, y) {
      const [left, right] = [gamma(x), gamma(y)];
      return left + right === 0 ? x / (x + y) : left / (left + right);
    },
  };
}

/** Source: Marsaglia and Tsang 2000, with their power for shapes below 1. */
function gammaOf(uniform: () => number): (shape: number) => number {
  const normal = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return gamma;
}
