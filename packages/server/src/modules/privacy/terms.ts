import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { ModuleRetention, Term, Terms } from '../../kernel/retention.ts';

const UNITS = { Y: 'years', M: 'months', D: 'days' } as const;
const SETTING = /^\s*([a-z_]+\.[a-z_]+)\s*=\s*P([1-9]\d{0,3})([YMD])\s*$/;

/**
 * The term of each class: the module's, or the one that `settings` gives (`cases.closed=P3Y,access.session=P90D`; ISO 8601, one
 * unit). Throws a RaccrocheError for a setting that is mis-written, or of a class that has no term to set.
 */
export function readTerms(retention: readonly ModuleRetention[], settings: string | undefined): Terms {
  const classes = retention.flatMap((one) => one.classes);
  const terms = new Map<string, Term>();
  for (const { code, term } of classes) if (term) terms.set(code, term);
  for (const setting of (settings ?? '').split(',').filter((text) => text.trim() !== '')) {
    const [, code = '', count = '', unit = ''] = SETTING.exec(setting) ?? [];
    const adjustable = classes.filter((one) => one.adjustable).map((one) => one.code);
    if (!adjustable.includes(code))
      throw new RaccrocheError(
        'bad_retention',
        `RACCROCHE_CONSERVATION : « ${setting.trim()} » n’est pas une durée. Écrivez par exemple « cases.closed=P3Y » (Y années, M mois, D jours), pour l’une de : ${adjustable.join(', ')}.`,
        EXIT_CODES.usage,
      );
    terms.set(code, { count: Number(count), unit: UNITS[unit as keyof typeof UNITS] });
  }
  return terms;
}
