import {
  type NewPartner,
  PARTNER_PERMISSION_TABLE,
  type PartnerKind,
  type PartnerScope,
} from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { addDays } from '../words/dates.ts';

const YEAR_DAYS = 365;

/** Name under which what is typed is kept while somebody gives a second factor. */
export const PARTNER_DRAFT = 'partner';

/** What is typed to connect a system. */
export interface TypedPartner {
  readonly kind: PartnerKind;
  readonly organisationId: string;
  readonly name: string;
  readonly contact: string;
  readonly scopes: readonly PartnerScope[];
  readonly platforms: readonly string[];
  /** UAI numbers, one or several, as they are typed. */
  readonly establishments: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** What the kind of a system may be given, and over what. */
export const rowOf = (kind: PartnerKind) => PARTNER_PERMISSION_TABLE.find((row) => row.kind === kind);

/** What depends on the kind: everything it may be given, and nobody yet. */
export const ofKind = (kind: PartnerKind) => ({
  kind,
  organisationId: '',
  scopes: (rowOf(kind)?.permissions ?? []) as readonly PartnerScope[],
  platforms: [],
  establishments: '',
});

export const emptyPartner = (): TypedPartner => ({
  ...ofKind('mission_locale'),
  name: '',
  contact: '',
  validFrom: today(),
  validTo: addDays(today(), YEAR_DAYS),
});

/** The form as the API wants it. */
export function partnerOf({ platforms, establishments, scopes, ...typed }: TypedPartner): NewPartner {
  const isOfEstablishments = rowOf(typed.kind)?.territoryKind === 'establishment';
  const territories = isOfEstablishments
    ? establishments
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter((uai) => uai !== '')
        .map((id) => ({ kind: 'establishment' as const, id }))
    : platforms.map((id) => ({ kind: 'platform' as const, id }));
  return { ...typed, scopes: [...scopes], territories };
}
