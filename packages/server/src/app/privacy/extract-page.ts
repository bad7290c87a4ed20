import {
  PARTNER_KINDS,
  PartnerKindLabels,
  type PrivacyExtract,
  PURPOSES,
  PurposeLabels,
  ROLES,
  RoleLabels,
  systemRole,
} from '@raccroche/contract';
import { escapeHtml } from '../../kernel/html.ts';
import type { ModuleRetention, Terms } from '../../kernel/retention.ts';
import { fieldLabel, valueText } from './extract-words.ts';
import { termText } from './register-words.ts';

/** Any value of JSON; of an object, its fields. Empty ones are said to be. */
function valueHtml(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '<i>rien</i>';
  if (Array.isArray(value)) {
    if (value.length === 0) return '<i>rien</i>';
    return value.map((one) => valueHtml(field, one)).join('<br>');
  }
  if (typeof value === 'object') return fieldsHtml(value as Record<string, unknown>);
  return escapeHtml(valueText(field, value as string | number | boolean));
}

function fieldsHtml(fields: Readonly<Record<string, unknown>>): string {
  const all = Object.entries(fields);
  if (all.length === 0) return '<i>rien</i>';
  return `<dl>${all
    .map(([field, value]) => `<dt>${escapeHtml(fieldLabel(field))}</dt><dd>${valueHtml(field, value)}</dd>`)
    .join('')}</dl>`;
}

function tableHtml(
  { purpose, source, ends, rows }: PrivacyExtract['tables'][number],
  retention: readonly ModuleRetention[],
  terms: Terms,
): string {
  const kept = retention
    .flatMap(({ classes }) => classes)
    .filter(({ code }) => ends.includes(code))
    .map(({ code, label, from }) => {
      const term = terms.get(code);
      return `${label} : ${term ? `${termText(term)} à compter de` : 'jusqu’à'} ${from}`;
    });
  return `<section><h2>${escapeHtml(purpose)}</h2>
<p>D’où cela vient : ${escapeHtml(source)}.<br>Gardé : ${escapeHtml(kept.join(' ; '))}.</p>
${rows.length === 0 ? '<p>Rien.</p>' : rows.map(fieldsHtml).join('\n<hr>\n')}</section>`;
}

const roleText = (role: string | null) => {
  const system = PARTNER_KINDS.find((kind) => systemRole(kind) === role);
  if (system) return PartnerKindLabels[system];
  const known = ROLES.find((one) => one === role);
  return known ? RoleLabels[known] : role === null ? 'le programme' : role;
};
const purposeText = (purpose: string) => {
  const known = PURPOSES.find((one) => one === purpose);
  return known ? PurposeLabels[known] : purpose;
};

/** The extract as a page for the person: everything that `extract` holds, nothing fetched from elsewhere. */
export function extractPage(
  extract: PrivacyExtract,
  terms: Terms,
  retention: readonly ModuleRetention[],
): string {
  const seen = extract.seenBy.map(
    ({ at, action, purpose, role, organisation }) =>
      `<tr><td>${escapeHtml(at)}</td><td>${escapeHtml(roleText(role))}</td><td>${escapeHtml(organisation ?? '')}</td><td>${escapeHtml(action)}</td><td>${escapeHtml(purposeText(purpose))}</td></tr>`,
  );
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Vos données</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:0 1rem;margin:0}dt{color:#555}dd{margin:0}table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left}</style>
</head><body><main>
<h1>Vos données</h1>
<p>Tout ce que la base des plateformes tient sur vous, le ${escapeHtml(extract.madeAt)} (heure universelle). Vous pouvez demander qu’une erreur soit corrigée, que l’usage en soit limité, ou vous y opposer ; le délégué à la protection des données vous répond en un mois. Vous pouvez aussi saisir la CNIL.</p>
${extract.tables.map((table) => tableHtml(table, retention, terms)).join('\n')}
<section><h2>Qui a vu vos données</h2>
<table><thead><tr><th>quand</th><th>fonction</th><th>structure</th><th>acte</th><th>pour</th></tr></thead>
<tbody>${seen.join('\n')}</tbody></table></section>
</main></body></html>
`;
}
