import type { ContentSignals, DateFormat, Meaning } from './column-profile.ts';
import { headerMeanings } from './header-words.ts';

export interface Guess {
  readonly meaning: Meaning;
  readonly confidence: number;
  readonly dateFormat?: DateFormat;
}

/** Typing errors and odd values: a column is of a kind when this share of its values is. */
const MOSTLY = 0.8;
/** Values of a category at most. */
const FEW = 60;

/**
 * What a column holds, from its content and the words of its header. Content decides what is certain (e-mails, dates);
 * the header decides between what looks alike (first names, family names, cities); where it says nothing, content gives
 * the broadest meaning that is safe to compare, with little confidence.
 */
export function guessMeaning(header: string, signals: ContentSignals, rows: number): Guess {
  const named = headerMeanings(header);
  if (signals.distinct <= 1) return { meaning: 'nothing', confidence: 1 };
  return (
    certain(named, signals) ??
    datePart(named, signals) ??
    number(named, signals, rows) ??
    words(named, signals, rows)
  );
}

function certain(named: ReadonlySet<Meaning>, signals: ContentSignals): Guess | undefined {
  if (signals.email >= MOSTLY) return { meaning: 'email', confidence: named.has('email') ? 1 : 0.95 };
  if (named.has('email') && signals.email >= 0.5) return { meaning: 'email', confidence: 0.8 };
  const dateFormat = formatOfDates(signals);
  if (dateFormat !== undefined && (dateFormat !== 'compact' || named.has('date'))) {
    return { meaning: 'date', confidence: named.has('date') ? 1 : 0.9, dateFormat };
  }
  if (dateFormat !== undefined && signals.oneLength > 0.95 && !named.has('identifier') && !named.has('id')) {
    return { meaning: 'date', confidence: 0.6, dateFormat };
  }
  return undefined;
}

function formatOfDates(signals: ContentSignals): DateFormat | undefined {
  const { ymd, compact, dmy, mdy } = signals;
  if (Math.max(ymd, compact, dmy, mdy) < MOSTLY) return undefined;
  if (ymd >= MOSTLY) return 'ymd';
  if (compact >= MOSTLY) return 'compact';
  return mdy > dmy ? 'mdy' : 'dmy';
}

function datePart(named: ReadonlySet<Meaning>, signals: ContentSignals): Guess | undefined {
  for (const part of ['year', 'month', 'day'] as const) {
    if (named.has(part) && signals[part] >= MOSTLY) return { meaning: part, confidence: 0.95 };
  }
  if (named.size === 0 && signals.year >= 0.98) return { meaning: 'year', confidence: 0.5 };
  return undefined;
}

/** Columns of digits, or of digits and letters without words. */
function number(named: ReadonlySet<Meaning>, signals: ContentSignals, rows: number): Guess | undefined {
  const coded = signals.digits + signals.mixed;
  if (coded < MOSTLY && signals.phone < MOSTLY) return undefined;
  const telling = signals.distinct / Math.max(1, rows * signals.filled);
  if (named.has('phone')) return { meaning: 'phone', confidence: signals.phone >= MOSTLY ? 1 : 0.7 };
  if (named.has('postal_code'))
    return { meaning: 'postal_code', confidence: signals.postal >= MOSTLY ? 1 : 0.8 };
  if (named.has('street_number')) return { meaning: 'street_number', confidence: 0.9 };
  if (named.has('address') && signals.meanWords >= 1.5) return { meaning: 'address', confidence: 0.9 };
  if (named.has('id') && telling > 0.999) return { meaning: 'id', confidence: 0.9 };
  if (named.has('identifier') || named.has('id')) return { meaning: 'identifier', confidence: 0.85 };
  if (signals.meanWords >= 2 && signals.mixed >= 0.5) return { meaning: 'address', confidence: 0.5 };
  if (signals.phone >= MOSTLY && signals.meanLength >= 9 && telling < 0.999)
    return { meaning: 'phone', confidence: 0.5 };
  if (telling > 0.999) return { meaning: 'id', confidence: 0.5 };
  if (signals.distinct <= FEW) return { meaning: 'category', confidence: 0.5 };
  if (signals.postal >= 0.95 && signals.oneLength >= 0.9) return { meaning: 'postal_code', confidence: 0.4 };
  if (signals.oneLength >= 0.9 && signals.meanLength >= 6) return { meaning: 'identifier', confidence: 0.4 };
  return { meaning: 'text', confidence: 0.3 };
}

/** Columns of words. */
function words(named: ReadonlySet<Meaning>, signals: ContentSignals, rows: number): Guess {
  for (const meaning of ['sex', 'postal_code', 'address'] as const) {
    if (meaning === 'sex' && signals.distinct > FEW) continue;
    if (named.has(meaning)) return { meaning, confidence: 0.9 };
  }
  if (named.has('full_name') && (signals.meanWords >= 1.5 || named.size > 1)) {
    return { meaning: 'full_name', confidence: 0.9 };
  }
  for (const meaning of ['first_name', 'family_name', 'city'] as const) {
    if (named.has(meaning)) return { meaning, confidence: signals.letters >= MOSTLY ? 0.95 : 0.7 };
  }
  if (named.has('category')) return { meaning: 'category', confidence: 0.9 };
  if (named.has('identifier')) return { meaning: 'identifier', confidence: 0.5 };
  if (named.has('full_name')) return { meaning: 'family_name', confidence: 0.5 };
  const telling = signals.distinct / Math.max(1, rows * signals.filled);
  if (named.has('id') || (telling > 0.999 && signals.meanWords < 1.5 && signals.letters < 0.5)) {
    return { meaning: 'id', confidence: 0.6 };
  }
  if (signals.distinct <= FEW) return { meaning: 'category', confidence: 0.6 };
  return { meaning: 'text', confidence: 0.4 };
}
