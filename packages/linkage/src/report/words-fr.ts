import type { Words } from './words.ts';

export const FRENCH: Words = {
  title: 'Rapport de rapprochement',
  skip: 'Aller au rapport',
  contents: 'Sommaire',
  showTable: 'Les chiffres en tableau',
  personal:
    'Cette page montre des valeurs d’enregistrements : des données personnelles. Gardez-la là où ces enregistrements peuvent l’être, et ne la donnez qu’à des personnes qui ont le droit de les voir.',
  footer: 'Un seul fichier, sans réseau : rien dans cette page n’est chargé d’ailleurs, rien n’en part.',
  none: 'aucun',
  missing: 'absent',
  yes: 'oui',
  no: 'non',
  interval: (low, high) => `${low} à ${high}`,
  columns: {
    comparison: 'Comparaison',
    level: 'Niveau',
    weight: 'Poids',
    estimate: 'Estimation',
    rule: 'Règle',
    pairs: 'Paires',
    share: 'Part',
    block: 'Bloc',
    records: 'Enregistrements',
    outcome: 'Décision',
    from: 'De',
    to: 'À',
    threshold: 'Seuil',
    criterion: 'Choisi pour',
    precision: 'Précision',
    recall: 'Rappel',
    f1: 'F1',
    wrong: 'Liens faux',
    missed: 'Liens manqués',
    optimism: 'F1 flatté de',
    kind: 'Erreur',
    pattern: 'Comment les enregistrements se comparent',
    examples: 'Exemples',
    group: 'Groupe',
    missedRate: 'Liens manqués',
    wrongRate: 'Liens faux',
    size: 'Enregistrements',
    clusters: 'Groupements',
    record: 'Enregistrement',
    bridge: 'Pont',
    column: 'Colonne',
    left: 'Enregistrement de gauche',
    right: 'Enregistrement de droite',
    state: 'Différence',
    contribution: 'Apport',
    upTo: 'Poids de l’enregistrement contre lui-même',
  },
  summary: {
    heading: 'En bref',
    records: 'Enregistrements',
    possible: 'Paires possibles',
    candidates: 'Paires candidates',
    scored: 'Paires pesées',
    prior: 'Paires prises au hasard qui concordent',
    priorValue: (one) => `1 sur ${one}`,
    linkType: 'Comparaison',
    linkTypes: {
      dedupe_only: 'au sein d’un ensemble',
      link_only: 'entre ensembles seulement',
      link_and_dedupe: 'au sein des ensembles et entre eux',
    },
    thresholds: 'Seuils',
    thresholdsValue: (same, review) => `même entité dès ${same}, à revoir dès ${review}`,
    outcomes: { same: 'Même entité', review: 'À revoir', apart: 'Distinctes' },
  },
  warnings: { heading: 'Avertissements', intro: 'À regarder avant d’utiliser ces résultats.' },
  weights: {
    heading: 'Poids des niveaux',
    intro:
      'Ce que dit chaque niveau. Un poids de +1 rend la concordance deux fois plus probable, −1 deux fois moins. Une valeur absente ne pèse rien.',
    describe: (low, lowest, high, highest) => `Les poids vont de ${low} (${lowest}) à ${high} (${highest}).`,
  },
  mu: {
    heading: 'Fréquence de chaque niveau',
    intro:
      'Parmi les paires qui concordent (m) et parmi les autres (u). Un niveau vaut d’autant plus que ses deux barres diffèrent : son poids est log2(m/u).',
    m: 'parmi les concordances (m)',
    u: 'parmi les autres paires (u)',
    describe: (comparison) =>
      `Deux barres pour chaque niveau de ${comparison} : sa part parmi les concordances et parmi les autres paires.`,
  },
  estimates: {
    heading: 'Estimations comparées',
    intro:
      'Les mêmes paramètres, estimés de plusieurs façons. Des marques proches inspirent confiance ; des marques éloignées invitent à regarder la comparaison ou ses données.',
    mOf: (comparison) => `${comparison} : parmi les concordances (m)`,
    uOf: (comparison) => `${comparison} : parmi les autres paires (u)`,
    describe: (estimates) =>
      `Une marque pour chaque estimation de chaque niveau. Estimations : ${estimates}.`,
    uScale: 'puissance de dix',
  },
  blocking: {
    heading: 'Paires candidates',
    intro: 'Quelles paires sont regardées. Une paire revient à la première règle qui la trouve.',
    newPairs: 'Trouvées en premier',
    describe: (rules, pairs) => `Règles : ${rules}. Paires qu’elles trouvent : ${pairs}.`,
    largest: 'Plus gros blocs',
    block: (number) => `bloc ${number}`,
  },
  histogram: {
    heading: 'Poids des paires',
    intro:
      'Paires pesées, par poids. Deux collines bien séparées sont bon signe ; les paires proches d’un seuil sont les douteuses.',
    describe: (pairs, low, high) => `${pairs} paires, de poids ${low} à ${high}.`,
    logarithmic: 'Chaque ligne vers le haut : dix fois plus de paires.',
  },
  unlinkables: {
    heading: 'Enregistrements impossibles à rapprocher',
    intro:
      'Chaque enregistrement contre lui-même : rien ne peut lui ressembler davantage. Sous le seuil, il ne sera jamais rapproché : trop de valeurs manquent ou sont trop courantes.',
    describe: (share, threshold) => `${share} des enregistrements restent sous le poids ${threshold}.`,
    axis: 'part des enregistrements au-dessous',
  },
  truth: {
    heading: 'Face à la vérité connue',
    intro:
      'La précision est la part des liens qui sont justes, le rappel la part des concordances qui sont liées, F1 leur moyenne harmonique.',
    labels: {
      clusters: 'L’entité de chaque enregistrement est connue : toutes les paires sont jugées.',
      pairs: 'Certaines paires sont jugées : elles seules comptent.',
    },
    unscored: (count) =>
      `Concordances jamais pesées : ${count} ; elles comptent comme manquées à tout seuil.`,
    leftOut: (count) =>
      `Concordances jamais pesées, laissées de côté : ${count}. Le rappel est celui des poids seuls.`,
    blockingRecall: (share, found, matches) =>
      `Les règles trouvent ${share} des concordances (${found} sur ${matches}) : aucun seuil ne donnera plus de rappel.`,
    precisionRecall: 'Précision et rappel',
    describeCurve: (area, precision, recall) =>
      `L’aire sous la courbe est de ${area}. Au seuil, la précision est de ${precision} et le rappel de ${recall}.`,
    byWeight: 'Selon le seuil',
    describeByWeight: (f1, weight) => `F1 est au plus haut, ${f1}, au poids ${weight}.`,
    areas: (precisionRecall, roc) =>
      `Aire sous la courbe précision–rappel : ${precisionRecall} ; sous la courbe ROC : ${roc}.`,
    thresholds: 'Seuils au choix',
    thresholdsIntro:
      'Intervalles à 95 %, en tirant de nouveau les entités. Un seuil choisi sur la vérité connue paraît meilleur qu’il n’est : la dernière colonne dit de combien.',
    criteria: {
      given: 'fixé d’avance',
      f: (beta) => `meilleur F${beta}`,
      precision: (least) => `précision de ${least}`,
      cost: (falsePositive, falseNegative) => `lien faux : ${falsePositive}, lien manqué : ${falseNegative}`,
    },
    chosen: 'seuil',
  },
  agreement: {
    heading: 'Groupements face à la vérité connue',
    over: 'Compté sur',
    pairwise: 'paires d’enregistrements',
    bCubed: 'enregistrements (B-cubed)',
    exact: (exact, entities, severalExact, several) =>
      `${exact} entités sur ${entities} sont retrouvées entières et seules ; parmi celles de plusieurs enregistrements, ${severalExact} sur ${several}.`,
  },
  errors: {
    heading: 'Erreurs, selon la façon dont les enregistrements se comparent',
    intro:
      'D’abord les cas les plus nombreux : là où le modèle peut gagner le plus. Seuls les identifiants sont montrés ; les valeurs le sont là où des paires ont été demandées.',
    kinds: { wrong: 'Liens faux', missed: 'Pesés sous le seuil', unscored: 'Jamais pesés' },
    more: (count) => `Autres cas : ${count}`,
  },
  groups: {
    heading: 'Le service est-il le même pour tous ?',
    intro:
      'Erreurs par groupe, avec des intervalles à 95 %. Une paire entre deux groupes compte dans les deux.',
    by: (column) => `Par ${column}`,
    gap: (what, highest, lowest, gap) =>
      `${what} : taux le plus haut ${highest}, le plus bas ${lowest} ; écart ${gap}.`,
    clear: 'Le hasard seul ne l’explique guère.',
    unclear: 'Le hasard peut l’expliquer.',
    small: (groups, records, least) =>
      `Les groupes de moins de ${least} enregistrements ne sont pas montrés : ${groups}, pour ${records} enregistrements en tout.`,
    missed: 'Liens manqués',
    wrong: 'Liens faux',
  },
  clusters: {
    heading: 'Groupements',
    intro: 'Enregistrements mis ensemble, selon leur nombre.',
    describe: (clusters, largest) => `Groupements : ${clusters}. Enregistrements du plus grand : ${largest}.`,
    bySize: 'Groupements, selon le nombre d’enregistrements',
    pictures: 'Quelques groupements dessinés',
    links: 'Lien',
    picturesIntro:
      'Les points sont des enregistrements, les traits des liens ; un trait interrompu est un pont : sans lui, le groupement se coupe en deux.',
    describePicture: (nodes, edges, bridges) =>
      `Enregistrements : ${nodes} · liens : ${edges} · ponts : ${bridges}`,
  },
  pairs: {
    heading: 'Paires expliquées',
    intro: 'Les deux enregistrements côte à côte, et d’où vient le poids.',
    find: 'Chercher',
    sort: 'Ordre',
    sortBy: {
      'weight-down': 'poids le plus haut d’abord',
      'weight-up': 'poids le plus bas d’abord',
      id: 'par identifiant',
    },
    found: 'paires montrées',
    pair: (left, right) => `${left} et ${right}`,
    start: 'avant toute comparaison',
    total: 'poids de la paire',
    rarity: (comparison) => `${comparison} : rareté`,
    describe: (start, total) => `De ${start} avant toute comparaison à ${total}.`,
    sides: 'Les deux enregistrements',
    states: { equal: 'égal', differs: 'diffère', missing: 'absent' },
    probability: 'probabilité',
  },
};
