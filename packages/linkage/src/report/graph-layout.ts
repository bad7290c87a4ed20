import { adjacencyOf, bridgesOf as pairBridges } from '../clustering/metrics/bridges.ts';
import type { ClusterPicture } from './report-input.ts';

type Edges = ClusterPicture['edges'];
export type Place = readonly [x: number, y: number];

/** Edges without which their cluster would fall in two, by place in `edges`. Each pair of records has one edge at most. */
export function bridgesOf(nodes: number, edges: Edges): ReadonlySet<number> {
  const pairs = {
    left: Int32Array.from(edges, ({ from }) => from),
    right: Int32Array.from(edges, ({ to }) => to),
    weight: Float64Array.from(edges, ({ weight }) => weight),
  };
  const found = pairBridges(adjacencyOf(pairs, nodes), edges.length);
  return new Set([...edges.keys()].filter((edge) => found[edge] === 1));
}

/** Records on the smaller side of the bridge that leaves most there; 0 without a bridge. */
export function deepestCut({ nodes, edges }: ClusterPicture): number {
  const sides = [...bridgesOf(nodes.length, edges)].map((bridge) => {
    const rest = edges.filter((_, index) => index !== bridge);
    const side = new Set([edges[bridge]?.from ?? 0]);
    for (let grown = 0; grown < side.size; ) {
      grown = side.size;
      for (const { from, to } of rest) if (side.has(from) || side.has(to)) side.add(from).add(to);
    }
    return Math.min(side.size, nodes.length - side.size);
  });
  return Math.max(0, ...sides);
}

const ROUNDS = 250;

/**
 * Places of the records so that links are short and others far (Fruchterman and Reingold 1991), from a circle: the same
 * cluster always looks the same. Whole numbers from 0 to 1000.
 */
export function layOut(nodes: number, edges: Edges): readonly Place[] {
  const places = Array.from({ length: nodes }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / nodes;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const ideal = 1.2 / Math.sqrt(Math.max(1, nodes));
  for (let round = 0; round < ROUNDS; round++) {
    const reach = 0.2 * (1 - round / ROUNDS);
    const moves = places.map((): [number, number] => [0, 0]);
    for (let a = 0; a < nodes; a++) {
      for (let b = a + 1; b < nodes; b++) push(places, moves, a, b, (distance) => (ideal * ideal) / distance);
    }
    for (const { from, to } of edges)
      push(places, moves, from, to, (distance) => -(distance * distance) / ideal);
    for (const [node, [x, y]] of moves.entries()) {
      const length = Math.max(1e-9, Math.sqrt(x * x + y * y));
      const [px, py] = places[node] ?? [0, 0];
      const step = Math.min(length, reach) / length;
      places[node] = [px + x * step, py + y * step];
    }
  }
  return inBox(places);
}

/** Moves two nodes from each other by a force that depends on their distance; towards each other when it is negative. */
function push(
  places: readonly (readonly [number, number])[],
  moves: [number, number][],
  a: number,
  b: number,
  force: (distance: number) => number,
): void {
  const [pa, pb, ma, mb] = [places[a], places[b], moves[a], moves[b]];
  if (pa === undefined || pb === undefined || ma === undefined || mb === undefined) return;
  const [dx, dy] = [pa[0] - pb[0], pa[1] - pb[1]];
  const distance = Math.max(0.01, Math.sqrt(dx * dx + dy * dy));
  const pull = force(distance) / distance;
  ma[0] += dx * pull;
  ma[1] += dy * pull;
  mb[0] -= dx * pull;
  mb[1] -= dy * pull;
}

function inBox(places: readonly Place[]): readonly Place[] {
  const scale = (values: readonly number[]): ((value: number) => number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => (high - low < 1e-6 ? 500 : Math.round(((value - low) / (high - low)) * 1000));
  };
  const [x, y] = [scale(places.map((place) => place[0])), scale(places.map((place) => place[1]))];
  return places.map((place) => [x(place[0]), y(place[1])]);
}
