import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { useIsNarrow } from '../frame/media.ts';
import { part } from '../frame/missing-parts.tsx';
import { Skeleton } from '../frame/states.tsx';
import { counted, number } from '../words/texts.ts';
import { type Circle, NAME, namesUnder, nextCircle, placeCircles } from './place-circles.ts';

type Group = RouteOutput<'caseGroups'>['groups'][number];
interface Commune {
  readonly code: string;
  readonly name: string;
  readonly count: number;
  readonly isNear: boolean;
}

const MAP_NAME = 'Carte schématique : une commune, un cercle. Les flèches vont d’une commune à sa voisine.';
const WIDTHS = { narrow: 340, wide: 720 } as const;
/** Large enough for a finger; the area of the others tells their number. */
const RADIUS = { least: 14, most: 44 } as const;
/** Width of a letter, in the unit of the drawing. */
const LETTER = 6.2;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

const nameLength = (communes: ReadonlyMap<string, Commune>, code: string) =>
  (communes.get(code)?.name.length ?? 0) * LETTER;

/** The communes whose place is known, as circles; `left`: those of which it is not. */
function useCircles(platform: string, groups: readonly Group[], width: number) {
  const { data, isPending } = useQuery({
    queryKey: ['commune-centres', platform],
    queryFn: ({ signal }) => call('communeCentres', { query: { platform } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    meta: part('la carte'),
  });
  const drawn = useMemo(() => {
    const centres = new Map(data?.centres.map((one) => [one.commune, one]));
    const most = groups[0]?.count ?? 1;
    const found = groups.flatMap(({ value, name, count }) => {
      const centre = value === null ? undefined : centres.get(value);
      return value === null || centre === undefined
        ? []
        : [{ code: value, name: name ?? value, count, centre }];
    });
    const places = found.map(({ code, count, centre }) => ({
      key: code,
      radius: Math.max(RADIUS.least, RADIUS.most * Math.sqrt(count / most)),
      latitude: centre.latitude,
      longitude: centre.longitude,
    }));
    const communes = new Map<string, Commune>(
      found.map(({ code, name, count, centre }) => [code, { code, name, count, isNear: centre.isNear }]),
    );
    const { circles, height } = placeCircles(places, width);
    // A name that does not stand within its circle stands under it, where there is room.
    const outside = circles.filter(({ key, radius }) => nameLength(communes, key) > 2 * radius);
    const lengths = new Map(circles.map(({ key }) => [key, nameLength(communes, key)]));
    const under = namesUnder(circles, lengths, width);
    return {
      circles,
      height: height + NAME.height,
      communes,
      under: new Set(outside.flatMap(({ key }) => (under.has(key) ? [key] : []))),
    };
  }, [data, groups, width]);
  return { ...drawn, isPending, isKnown: data !== undefined };
}

function Place({
  circle: { x, y, radius },
  commune: { name, count, isNear },
  isUnder,
}: {
  readonly circle: Circle;
  readonly commune: Commune;
  /** Its name has room under it. */
  readonly isUnder: boolean;
}) {
  const fits = name.length * LETTER <= 2 * radius;
  return (
    <>
      <title>{`${name}, ${counted(count, 'jeune', 'jeunes')}`}</title>
      <circle cx={x} cy={y} r={radius} className={isNear ? 'map-near' : undefined} />
      {fits && (
        <text x={x} y={y - 4} aria-hidden>
          {name}
        </text>
      )}
      {isUnder && (
        <text x={x} y={y + radius + NAME.under} aria-hidden>
          {name}
        </text>
      )}
      <text x={x} y={y + (fits ? 13 : 5)} className="map-count" aria-hidden>
        {number(count)}
      </text>
    </>
  );
}

const opensElsewhere = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => ctrlKey || metaKey || shiftKey;

interface DrawingProps {
  readonly circles: readonly Circle[];
  readonly communes: ReadonlyMap<string, Commune>;
  readonly under: ReadonlySet<string>;
  readonly width: number;
  readonly height: number;
  readonly hrefOf: (commune: string) => string;
}

/** A link for each circle; one of them is in the way of Tab, arrows go to the neighbours. */
function Drawing({ circles, communes, under, width, height, hrefOf }: DrawingProps) {
  const [, navigate] = useLocation();
  const [current, setCurrent] = useState<string>();
  const drawing = useRef<SVGSVGElement>(null);
  const stop = (circles.find(({ key }) => key === current) ?? circles[0])?.key;
  const move = (event: KeyboardEvent) => {
    const way = ARROWS[event.key];
    if (way) event.preventDefault();
    const next = way && stop && nextCircle(circles, stop, ...way);
    if (!next) return;
    drawing.current?.querySelector<SVGAElement>(`[data-commune="${next}"]`)?.focus();
  };
  const open = (event: MouseEvent, commune: string) => {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    navigate(hrefOf(commune));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element of HTML stands within a drawing.
    <svg
      ref={drawing}
      className="commune-map"
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      style={{ maxWidth: width }}
      role="group"
      aria-label={MAP_NAME}
      onKeyDown={move}
    >
      {circles.map((circle) => {
        const commune = communes.get(circle.key);
        return (
          commune && (
            <a
              key={circle.key}
              href={hrefOf(circle.key)}
              data-commune={circle.key}
              tabIndex={circle.key === stop ? 0 : -1}
              onFocus={() => setCurrent(circle.key)}
              onClick={(event) => open(event, circle.key)}
            >
              <Place circle={circle} commune={commune} isUnder={under.has(circle.key)} />
            </a>
          )
        );
      })}
    </svg>
  );
}

/** Where the young people of a filter live: each commune a circle that opens its list. The table beneath says the same. */
export function CommuneMap({
  platform,
  groups,
  hrefOf,
}: {
  readonly platform: string;
  readonly groups: readonly Group[];
  readonly hrefOf: (commune: string) => string;
}) {
  const width = useIsNarrow() ? WIDTHS.narrow : WIDTHS.wide;
  const { isPending, isKnown, ...drawing } = useCircles(platform, groups, width);
  const { circles, communes } = drawing;
  if (isPending) return <Skeleton lines={1} height={320} />;
  // Nothing to draw: the table says it all.
  if (!isKnown || circles.length === 0) return null;
  const left = groups.filter(({ value }) => value === null || !communes.has(value));
  const people = left.reduce((sum, { count }) => sum + count, 0);
  return (
    <figure className="map">
      <Drawing {...drawing} width={width} hrefOf={hrefOf} />
      <figcaption className="quiet">
        Carte schématique : les cercles s’écartent pour ne pas se couvrir ; leur aire dit le nombre de jeunes.
        {[...communes.values()].some(({ isNear }) => isNear) &&
          ' En tirets : placée d’après son code postal.'}
        {people > 0 &&
          ` ${counted(people, 'jeune n’y est pas', 'jeunes n’y sont pas')} : position de la commune non connue.`}{' '}
        Positions : GeoNames, licence CC BY 4.0.
      </figcaption>
    </figure>
  );
}
