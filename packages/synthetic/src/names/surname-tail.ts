import type { NameGroup } from './surnames.ts';

/**
 * Rare names. Most surnames of France are borne by hardly anybody, which no written list renders: these are composed the way
 * real ones were, from a stem (a trade, a place, a forebear) and an ending of the region. A composed name may happen to be
 * somebody's: so may every surname here.
 */
interface Composition {
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
  /** What may stand between the two; nothing when left out. */
  readonly middles?: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const FRENCH_STEMS = words(`
  Barb Bast Bell Bern Bert Bich Blanch Bois Bonn Bord Bouch Boul Bour Brun Cabr Cail Camb Cant Carr Cast Chab Chal Champ Chap
  Charr Chast Chauv Clav Coch Corb Cord Cott Coul Court Cros Dard Dauv Dev Doub Drou Dur Escal Estev Fab Fal Fauc Ferr Fior Flam
  Forg Foug Fraiss Gab Gail Gall Garr Gaud Gerb Gir Gour Grand Grav Guib Guill Hard Jal Jarr Jour Lab Lalang Lamb Lanc Last
  Lav Lesc Loub Maill Mall Marc Marv Masc Merl Mich Mont Mor Mour Nad Neuv Noir Olliv Paill Parm Pasc Pech Pell Pey Pich Plan
  Plant Poir Pomm Pont Pouj Prad Puj Quint Rab Ram Raveneau Reb Regn Reyn Rib Rig Roch Rond Rouv Sab Salv Sarr Sauv Seguin
  Serr Soub Tail Tarr Tess Thib Tiss Tourn Trem Vacher Val Vass Verd Vern Viall Vign Vill`);
const FRENCH_ENDINGS = words(
  `eau et ot in on ard ier ière elle et is as ac at aud ault el ez ois oux y an ant ette é ière oud ol eron illon igny ey`,
);
const LOCAL: Partial<Record<NameGroup, Composition>> = {
  france: {
    beginnings: FRENCH_STEMS,
    middles: ['', 'in', 'aill', 'onn', 'ign', 'ass', 'ar', 'ell', 'ouss'],
    endings: FRENCH_ENDINGS,
  },
  north: {
    beginnings: words(
      `Del Van Vander Ver Dek Boul Wall Hern Cauw Haez Blond Carp Dum Lef Desc Bets Deb Dew Tit Hou`,
    ),
    endings: words(
      `aert ecque eghem ain oye ingh elle ebeke enne elaere oit aux emaele oot ingue eul aecker`,
    ),
  },
  brittany: {
    beginnings: ['Ker', 'Le ', 'Lan', 'Pen', 'Tré', 'Gu', 'Pol', 'Plou', 'Caro', 'Mor', 'Hel', 'Gour'],
    endings: words(
      `mad vran hello diou gall quen gat menguy haro bras goff douaré loc’h vellec gouarc’h mel riou sec néc mener`,
    ),
  },
  alsace: {
    beginnings: words(
      `Stein Wald Berg Gross Klein Hart Kauf Ober Nieder Schön Rosen Lang Winter Eber Hug Sutter`,
    ),
    endings: words(`bach mann hardt heim er ner inger hof ecker mayer stein feld el le brunner`),
  },
  basque: {
    beginnings: words(`Etche Iriba Mendi Bide Harri Sala Goye Ola Urru Aran Ibar Larra`),
    endings: words(`garay berry ague rren alde mendy tegui ondo sso pé zabal ty`),
  },
  corsica: {
    beginnings: words(
      `Anto Batt Cecc Culi Filipp Gian Grazi Leand Luc Mari Nicol Orso Pier Rocc Sant Simon Vinc`,
    ),
    endings: words(`netti aldi oli etti ani ini acci elli oni inetti ucci`),
  },
  maghreb: {
    beginnings: [
      'Ben',
      'Ben ',
      'Bou',
      'El ',
      'Ait ',
      'Ould ',
      'Ham',
      'Zer',
      'Khal',
      'Mess',
      'Gher',
      'Tal',
      'Sah',
      'Chaou',
    ],
    endings: words(
      `ammar haddou azizi lahcen mokhtar souda ayadi kerroum nouar zaoui hadj amor ouali arbi kaci chikh rabah mimoun`,
    ),
  },
  portugal: {
    beginnings: ['Da ', 'Dos ', 'De ', 'Mar', 'Teix', 'Montei', 'Ribe', 'Car', 'Nog', 'Sil', 'Bar'],
    endings: words(`Costa Reis Cunha tins eira ro iro doso ueira veira bosa Rocha Fonseca`),
  },
  turkey: {
    beginnings: words(`Kara Ak Boz Yal Gün Tas Er Demir Koc Bal`),
    endings: words(`kaya tas doğan türk çin can ol demir gül bulut`),
  },
  polynesia: {
    beginnings: words(`Te Tau Mai Fa Ha Pu Ra Ti`),
    endings: words(`ariki naha huri maru raura pua hia tea nui`),
  },
  westAfrica: {
    beginnings: words(`Dia Sa Ko Ka Ba Fo Do Sis Ta Ma Ndo Gassa`),
    endings: words(`kité nogo ré té ngara mara waré goro ndé baté risso ssoko`),
  },
  centralAfrica: {
    beginnings: words(`Ma Mu Ka Ki Lu Ngo Nza Mba Tshi Bo Mou`),
    endings: words(`beya kanda lembe ntumba sanga yemba kolo mbuyi longa pasi vungu mona`),
  },
  spain: {
    beginnings: words(
      `Bel Cabal Car Cast Cord Esc Fuent Guer Mal Mar Mon Nav Oliv Ort Palac Pint Quint Rob Sal Vald Vill`,
    ),
    endings: words(`era ero illo ez ada ares ales ón ano oso`),
  },
  italy: {
    beginnings: words(
      `Bell Bian Cap Cast Fer Gal Gran Lom Mar Mont Pal Pas Piet Ross Sal San Tom Val Vit Zan`,
    ),
    endings: words(`ini etti elli one aro ucci ola ese ardi ato ino`),
  },
  poland: {
    beginnings: words(`Kow Nowi Wisni Jan Zawad Lis Brzoz Kami Sob Wojt Jasi Gór Maz Dab`),
    endings: words(`alski owski ewicz czyk ak ecki ski arek ik`),
  },
  vietnam: {
    beginnings: ['Nguyen ', 'Tran ', 'Le ', 'Pham ', 'Vo ', 'Dang ', 'Bui '],
    endings: words(`Van Thi Huu Duc Quang Minh Ngoc`),
  },
  china: {
    beginnings: words(`Zh Ch Sh X J Q L G D F`),
    endings: words(`iang en ao ang ou ui un ei ai`),
  },
  southAsia: {
    beginnings: words(`Siva Kana Raja Sub Thiru Para Nava Sel Maha Vija`),
    endings: words(`kumar lingam nathan ratnam rajah pillai moorthy thas samy`),
  },
  antilles: {
    beginnings: ['Jean-', 'Pierre-', 'Louis-', 'Saint-', 'Marie-', 'Charles-'],
    endings: words(
      `Baptiste François Joseph Noël Aimé Rose Prosper Gabriel Denis Julien Alexis Élie Hilaire Luc`,
    ),
  },
  reunion: {
    beginnings: words(`Pa Ga Ri Fon Tur Mous Vel Cat Ana Rama Sin`),
    endings: words(`yet mont vière taine pin sami oudé apin tchy ssamy guin`),
  },
  mayotte: {
    beginnings: words(`Ab Ah Ma Sa You Bou Mo Soi Ous Ha`),
    endings: words(`dou mada hamadi diri ssouf toihi nadi ssoufa riki nfane`),
  },
  kanak: {
    beginnings: words(`Wa Ne Poi Ka Hna Xu Té Boua Gou`),
    endings: words(`méné goune wéa luna pata djo mou téa issé`),
  },
};

/** How many rare names there are and how fast they get rarer: the n-th of N is met like (n / N)^(1 / RARITY). */
const RARITY = 1.7;

/** The rare names of each group, in an order of their own: the first are the least rare. Empty where there are none. */
const tails = new Map<NameGroup, readonly string[]>(
  Object.entries(LOCAL).map(([group, { beginnings, middles = [''], endings }]) => [
    group as NameGroup,
    // Simple forms first: they are older, and more of their bearers are left.
    middles.flatMap((middle) =>
      spread(beginnings.flatMap((first) => endings.map((last) => join(first, `${middle}${last}`)))),
    ),
  ]),
);

/** Draws a rare name of the group by two numbers in [0, 1); undefined when it has none. */
export function findRareSurname(group: NameGroup, chance: number): string | undefined {
  const names = tails.get(group) ?? [];
  return names[Math.floor(names.length * chance ** RARITY)];
}

/** `Le ` + `bras` = `Le Bras`; `Mont` + `eau` = `Monteau`. */
function join(first: string, last: string): string {
  return first.endsWith(' ') ? `${first}${last.charAt(0).toUpperCase()}${last.slice(1)}` : `${first}${last}`;
}

/** Takes every 37th name: neighbours in the list share a stem, neighbours in frequency should not. */
function spread(names: readonly string[]): readonly string[] {
  const step = 37;
  const order = names.length % step === 0 ? step + 1 : step;
  const unique = new Set(names.map((_, index) => names[(index * order) % names.length] ?? ''));
  return [...unique];
}
