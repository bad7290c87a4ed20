const FAMILIES =
  'MARTINEL GASPARIN LHOSTIER BRUNSWIC KERMADEC TOUSSEUL PIGNEROL CHAMBRUN DESBOIS FONTANGE'.split(' ');
const FIRST_NAMES = 'ALICE BRUNO CLAIRE DENIS ELSA FELIX GISELE HENRI'.split(' ');
const CITIES = 'LYON NICE BREST LILLE METZ'.split(' ');

/**
 * A file of eighty people, each told twice; the second time one name in two has lost its last letter. `person` is the
 * truth, `national_id` is known once in two.
 */
export function peopleCsv(): string {
  const rows = Array.from({ length: 80 }, (_, index) => {
    const family = FAMILIES[index % 10] ?? '';
    const first = FIRST_NAMES[Math.floor(index / 10)] ?? '';
    const born = `${1950 + ((index * 7) % 40)}-0${1 + (index % 9)}-${10 + (index % 18)}`;
    const written = index % 2 === 0 ? family : family.slice(0, -1);
    const site = index % 3 === 0 ? 'south' : 'north';
    const rest = `${born},${CITIES[(index * index + Math.floor(index / 10)) % 5] ?? ''}`;
    return `a${index},${first},${family},${rest},${site},N${index},${index}
b${index},${first},${written},${rest},${index % 4 === 0 ? 'south' : site},${index % 2 === 0 ? `N${index}` : ''},${index}`;
  });
  return `id,first_name,surname,birth_date,city,site,national_id,person\n${rows.join('\n')}\n`;
}
