import {
  CaseOutcomeLabels,
  type CaseRow,
  ContactLabels,
  type ListColumn,
  ListColumnLabels,
  MissionLocaleLabels,
  ObligationLabels,
  PathwayLabels,
  PriorityLabels,
  RefutationLabels,
  SolutionKindLabels,
  VerificationLabels,
} from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';

/** What a cell holds before the format is known. */
export type ExportValue = string | number | null | { readonly date: CivilDate };

/** Columns of the file for one column of the screen. `width` in characters. */
export interface ExportColumn {
  readonly title: string;
  readonly width: number;
  readonly value: (row: CaseRow, names: ReadonlyMap<string, string>) => ExportValue;
}

const date = (day: string | null): ExportValue => (day === null ? null : { date: day });
const PARIS_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });
/** Civil day in France of an instant. */
const dayOf = (instant: string) => PARIS_DAY.format(new Date(instant));

const NEXT_STEPS = { interview: 'Entretien', call_back: 'Rappeler' } as const;

function column(title: string, width: number, value: ExportColumn['value']): ExportColumn {
  return { title, width, value };
}

const told = (state: string, reason: string | null) => (reason === null ? state : `${state} : ${reason}`);

const COLUMNS: Readonly<Record<ListColumn, readonly ExportColumn[]>> = {
  name: [
    column('Nom', 22, ({ familyName }) => familyName),
    column('Nom d’usage', 18, ({ usageName }) => usageName),
    column('Prénoms', 22, ({ firstNames }) => firstNames.join(', ')),
    column('Âge', 6, ({ age }) => age),
  ],
  birth: [column(ListColumnLabels.birth, 12, ({ birthDate }) => date(birthDate))],
  training: [
    column(ListColumnLabels.training, 30, ({ lastTraining }) => lastTraining),
    column('Jusqu’au', 12, ({ leftOn }) => date(leftOn)),
  ],
  school: [column(ListColumnLabels.school, 12, ({ lastSchool }) => lastSchool)],
  commune: [column(ListColumnLabels.commune, 22, ({ communeName }) => communeName)],
  mission_locale: [
    column(ListColumnLabels.mission_locale, 24, ({ missionLocale }) => MissionLocaleLabels[missionLocale]),
  ],
  priority: [
    column(ListColumnLabels.priority, 30, ({ priority }) =>
      priority === null ? null : PriorityLabels[priority],
    ),
  ],
  verification: [
    column(ListColumnLabels.verification, 26, ({ verification, verificationReason }) =>
      told(
        VerificationLabels[verification],
        verificationReason === null ? null : RefutationLabels[verificationReason],
      ),
    ),
  ],
  contact: [
    column(ListColumnLabels.contact, 24, ({ contact }) => ContactLabels[contact]),
    column('Tentatives', 10, ({ attempts }) => attempts),
    column('Dernier contact', 14, ({ lastAttemptAt }) =>
      date(lastAttemptAt === null ? null : dayOf(lastAttemptAt)),
    ),
  ],
  pathway: [
    column(ListColumnLabels.pathway, 24, ({ pathway, outcome }) =>
      told(PathwayLabels[pathway], outcome === null ? null : CaseOutcomeLabels[outcome]),
    ),
  ],
  obligation: [
    column(ListColumnLabels.obligation, 26, ({ minor, obligation }) =>
      minor && obligation !== null ? ObligationLabels[obligation] : null,
    ),
  ],
  solution: [
    column(ListColumnLabels.solution, 26, ({ solution }) =>
      solution === null ? null : SolutionKindLabels[solution],
    ),
    column('Entrée le', 12, ({ enteredOn }) => date(enteredOn)),
  ],
  referent: [
    column(ListColumnLabels.referent, 20, ({ referent }, names) =>
      referent === null ? null : (names.get(referent) ?? 'un autre service'),
    ),
  ],
  next: [
    column(ListColumnLabels.next, 16, ({ nextStep }) =>
      nextStep === null ? null : NEXT_STEPS[nextStep.kind],
    ),
    column('Le', 12, ({ nextStep }) => date(nextStep === null ? null : dayOf(nextStep.at))),
  ],
  siei: [column(ListColumnLabels.siei, 15, ({ siei }) => siei)],
};

/** The columns of the file for those of the screen, in the same order; the name first when it was left out. */
export function exportColumns(shown: readonly ListColumn[]): readonly ExportColumn[] {
  const wanted = new Set<ListColumn>(shown.includes('name') ? shown : ['name', ...shown]);
  return [...wanted].flatMap((code) => COLUMNS[code]);
}
