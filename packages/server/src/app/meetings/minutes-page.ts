import { type Agenda, MEETING_TOPICS, MeetingTopicLabels } from '@raccroche/contract';
import { escapeHtml } from '../../kernel/html.ts';

const shortDate = (date: string) => date.split('-').reverse().join('/');

const STYLE = `body{font:15px/1.45 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.5rem 0 .4rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}tr{break-inside:avoid}
thead{display:table-header-group}h2{break-after:avoid}footer{margin-top:2rem;font-size:.9rem}@page{margin:18mm}`;

/** The minutes as one page to print, without anything from elsewhere: what was decided, topic by topic, and what is left. */
export function minutesPage(
  { meeting, topics, decisions, colleagues }: Agenda,
  { platform, madeOn }: { readonly platform: string; readonly madeOn: string },
): string {
  const names = meeting.attendees.map(
    (one) => colleagues.find(({ personId }) => personId === one)?.displayName ?? 'une autre personne',
  );
  const sections = MEETING_TOPICS.flatMap((topic) => {
    const own = decisions.filter((one) => one.topic === topic);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ subject, words, text, decidedByName }) =>
        `<tr><th scope="row">${escapeHtml(subject)}</th><td>${escapeHtml(words)}</td><td>${escapeHtml(text ?? '')}</td><td>${escapeHtml(decidedByName ?? '')}</td></tr>`,
    );
    return [
      `<section><h2>${escapeHtml(MeetingTopicLabels[topic])}</h2><table><thead><tr><th scope="col">Jeune</th><th scope="col">Décision</th><th scope="col">Précision</th><th scope="col">Notée par</th></tr></thead><tbody>${lines.join('\n')}</tbody></table></section>`,
    ];
  });
  const left = topics
    .filter(({ count }) => count > 0)
    .map(({ topic, count }) => `<li>${escapeHtml(MeetingTopicLabels[topic])} : ${count}</li>`);
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Compte rendu du ${shortDate(meeting.heldOn)}</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head><body><main>
<h1>Réunion du ${shortDate(meeting.heldOn)}, ${escapeHtml(platform)}</h1>
<p>Présents : ${names.length === 0 ? 'non notés' : escapeHtml(names.join(', '))}.<br>
${meeting.closedAt === null ? 'Réunion en cours.' : 'Réunion finie.'} Décisions : ${decisions.length}.</p>
${sections.join('\n')}
${left.length === 0 ? '' : `<section><h2>Non examinés</h2><ul>${left.join('')}</ul></section>`}
</main><footer>Document nominatif, établi le ${shortDate(madeOn)}. À ne remettre qu’aux présents ; à détruire dès qu’il n’est plus utile. Son édition est tracée.</footer></body></html>
`;
}
