import {
  LEGAL_CLOCKS,
  LegalClockTerms,
  type Notice,
  NoticeLabels,
  OPENING_REASONS,
  OpeningReasonLabels,
  RAISED_QUOTAS,
  RaisedQuotaLabels,
} from '@raccroche/contract';
import { shortDate } from '../words/dates.ts';
import { capital, number } from '../words/texts.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What a notice says beside its kind: of what, until when, how many. */
function details({ details: told }: Notice): readonly string[] {
  const quota = RAISED_QUOTAS.find((kind) => kind === told.kind);
  const reason = OPENING_REASONS.find((one) => one === told.reason);
  const [firstDay, lastDay] = [text(told.firstDay), text(told.lastDay)];
  const [dueOn, siei] = [text(told.dueOn), text(told.siei)];
  const clock = LEGAL_CLOCKS.find((one) => one === told.clock);
  return [
    ...(quota === undefined ? [] : [RaisedQuotaLabels[quota]]),
    ...(typeof told.more === 'number' && told.more > 0 ? [`${number(told.more)} de plus`] : []),
    ...(siei === undefined ? [] : [`dossier ${siei}`]),
    ...(reason === undefined ? [] : [OpeningReasonLabels[reason]]),
    ...(clock === undefined ? [] : [LegalClockTerms[clock].label]),
    ...(dueOn === undefined ? [] : [`pour le ${shortDate(dueOn)}`]),
    ...(firstDay === undefined ? [] : [`premier jour : ${shortDate(firstDay)}`]),
    ...(lastDay === undefined ? [] : [`dernier jour : ${shortDate(lastDay)}`]),
  ];
}

/** A notice in a sentence, and whom it is about. */
export function noticeWords(notice: Notice): { readonly title: string; readonly more: string } {
  const more = [...(notice.who === null ? [] : [notice.who]), ...details(notice)].join(' · ');
  return { title: `${capital(NoticeLabels[notice.kind])}.`, more };
}

/** Where one acts on it; undefined: there is nothing to do. */
export function noticeLink({ kind, about, to, details: told }: Notice): string | undefined {
  if (kind === 'legal_clock_due' || kind === 'legal_clock_overdue') return `/dossiers/${about}`;
  if (kind === 'request_to_department' || kind === 'request_granted')
    return text(told.caseId) === undefined ? undefined : `/dossiers/${text(told.caseId)}`;
  if (kind === 'case_opened_elsewhere')
    return to === 'control' ? '/administration/jours-inhabituels' : undefined;
  if (kind.startsWith('replacement_')) return '/reseau/remplacements';
  if (kind.startsWith('right_') && to === 'platform') return '/reseau';
  return undefined;
}
