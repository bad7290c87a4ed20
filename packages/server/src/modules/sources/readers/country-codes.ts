/**
 * Country of the ministry of education (three digits, `100` = France) to the INSEE code `99xxx`; codes already in five
 * digits and anything else come back as they are, for intake to judge. Source: formats §1, §2.
 */
export function toInseeCountry(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return /^\d{3}$/.test(code) ? `99${code}` : code;
}

const FRANCE = '99100';

/**
 * Countries that SIECLE addresses name (`LL_PAYS`) instead of giving a code: France, its neighbours and those with which
 * families most often share a home. Source: INSEE, code officiel géographique, pays et territoires étrangers.
 */
const COUNTRY_NAMES: Readonly<Record<string, string>> = {
  FRANCE,
  DANEMARK: '99101',
  NORVEGE: '99103',
  SUEDE: '99104',
  ALLEMAGNE: '99109',
  AUTRICHE: '99110',
  BULGARIE: '99111',
  HONGRIE: '99112',
  ROUMANIE: '99114',
  POLOGNE: '99122',
  GRECE: '99126',
  ITALIE: '99127',
  ANDORRE: '99130',
  BELGIQUE: '99131',
  'ROYAUME UNI': '99132',
  'PAYS BAS': '99135',
  ESPAGNE: '99134',
  IRLANDE: '99136',
  LUXEMBOURG: '99137',
  MONACO: '99138',
  PORTUGAL: '99139',
  SUISSE: '99140',
  TURQUIE: '99208',
  MAROC: '99350',
  TUNISIE: '99351',
  ALGERIE: '99352',
  'ETATS UNIS': '99404',
  CANADA: '99401',
};

/** INSEE code of a country told by its French name, whatever its case and accents; an unknown name comes back as it is. */
export function countryCodeOfName(name: string | undefined): string | undefined {
  // Nearly all of them; the rest may cost a normalisation.
  if (name === undefined || name === 'FRANCE') return name && FRANCE;
  const key = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z]+/g, ' ')
    .trim();
  return COUNTRY_NAMES[key] ?? toInseeCountry(name);
}
