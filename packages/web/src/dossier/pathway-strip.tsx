import {
  type CaseDetail,
  CaseOutcomeLabels,
  MissionLocaleLabels,
  type SolutionKind,
  SolutionKindLabels,
} from '@raccroche/contract';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';

/** A stretch of somebody's way, in words. `tone` only helps the eye. */
interface Stretch {
  readonly key: string;
  readonly title: string;
  readonly when: string;
  readonly sub?: string;
  readonly tone: 'school' | 'gap' | 'solution' | 'end';
}

const isSolution = (value: unknown): value is SolutionKind =>
  typeof value === 'string' && value in SolutionKindLabels;

/** Entries into a solution and their ends, as the timeline tells them. */
function solutionsOf(one: CaseDetail): Stretch[] {
  return one.timeline.flatMap((event): Stretch[] => {
    if (event.undone) return [];
    const day = typeof event.details.on === 'string' ? event.details.on : event.happenedAt;
    const key = String(event.eventId);
    if (event.kind === 'entered') {
      const { solution } = event.details;
      const title = isSolution(solution) ? SolutionKindLabels[solution] : 'solution';
      return [{ key, title: capital(title), when: `depuis le ${shortDate(day)}`, tone: 'solution' }];
    }
    if (event.kind === 'broken')
      return [{ key, title: 'Solution interrompue', when: `le ${shortDate(day)}`, tone: 'gap' }];
    return [];
  });
}

/** What the mission locale knew at the last list; never another accompaniment, some of which tell too much. */
function missionLocale(one: CaseDetail): string | undefined {
  const known = one.entry?.missionLocale;
  return known === 'active' || known === 'known'
    ? `mission locale : ${MissionLocaleLabels[known]}`
    : undefined;
}

function stretchesOf(one: CaseDetail): Stretch[] {
  const school = one.lastSchool === null ? {} : { sub: `établissement ${one.lastSchool}` };
  const known = missionLocale(one);
  const left = one.leftOn ?? one.openedOn;
  const last: Stretch[] =
    one.outcome === null
      ? []
      : [
          {
            key: 'end',
            title: 'Dossier clos',
            when: CaseOutcomeLabels[one.outcome],
            tone: 'end',
          },
        ];
  return [
    {
      key: 'school',
      title: capital(one.lastTraining ?? 'formation non connue'),
      when: one.leftOn === null ? 'date de sortie non connue' : `jusqu’au ${shortDate(one.leftOn)}`,
      tone: 'school',
      ...school,
    },
    {
      key: 'gap',
      title: 'Sans formation connue',
      when: `depuis le ${shortDate(left)}`,
      tone: 'gap',
      ...(known === undefined ? {} : { sub: known }),
    },
    ...solutionsOf(one),
    ...last,
  ];
}

/** Schools, what came after, solutions: one strip, the oldest first. */
export function PathwayStrip({ one }: { readonly one: CaseDetail }) {
  return (
    <section className="panel" aria-labelledby="parcours">
      <h2 id="parcours">Parcours</h2>
      <ol className="strip">
        {stretchesOf(one).map(({ key, title, when, sub, tone }) => (
          <li key={key} className={`strip-${tone}`}>
            <strong>{title}</strong>
            <span>{when}</span>
            {sub !== undefined && <span className="quiet">{sub}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
