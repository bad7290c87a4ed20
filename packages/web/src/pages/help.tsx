import { Link } from 'wouter';
import { useMe } from '../client/session.ts';
import { screensOf } from '../screens.ts';
import { TourAgain } from '../tour/tour.tsx';

/** Guides of the screens, shown to those who have them; to everybody who is not signed in. */
const GUIDES: readonly (readonly [path: string, title: string, texts: readonly string[]])[] = [
  [
    '/ma-journee',
    'Ma journée',
    [
      'Ce qui vous attend, dans l’ordre de ce qui nuirait le plus si on l’oubliait : les échéances de la loi, les rappels, les rendez-vous, puis le reste.',
      'Chaque ligne se traite sans quitter la page.',
    ],
  ],
  [
    '/liste',
    'La liste',
    [
      'Tous les jeunes de la plateforme. Les vues en haut donnent les questions les plus fréquentes, avec leur compte ; « Filtrer » en pose d’autres.',
      'L’adresse de la page garde les filtres : un collègue qui reçoit le lien voit la même chose, s’il en a le droit.',
      'La priorité est la première raison qui vaut aujourd’hui : une échéance de la loi dans les 30 jours ou dépassée, un mineur dont l’obligation de formation n’est pas remplie, 30 jours sans contact, puis le suivi ordinaire. Elle se calcule, personne ne la note : c’est un choix du produit, pas une règle de droit.',
      '« Colonnes » choisit ce que montre le tableau, « Mes vues » garde un filtre sous un nom. « Par étape », « Par commune » et « À imprimer » montrent la même liste autrement.',
      '« Exporter » dit ce que le fichier contiendra, demande pour quoi, et s’inscrit dans la trace. Les fichiers se détruisent sous 30 jours.',
      'Un nom ouvre le dossier dans un volet. Au clavier : j et k pour passer de l’un à l’autre, t pour noter une tentative.',
    ],
  ],
  [
    '/a-verifier',
    'À vérifier',
    [
      'Une nouvelle liste se vérifie d’abord : souvent, le jeune est inscrit ailleurs. Pour chaque personne, l’écran dit pourquoi elle est sur la liste et d’après quelles lignes reçues.',
      'Une touche répond et passe au suivant. Une erreur ? « Annuler », pendant dix secondes.',
      'La touche ? pose la question à l’établissement d’origine : toutes les questions à un même établissement partent en un message par jour. Sa réponse revient ici, en tête : Entrée la confirme. Elle ne décide jamais seule.',
    ],
  ],
  [
    '/rendez-vous',
    'Rendez-vous',
    [
      'La semaine d’une personne ou de toute la plateforme. Un rendez-vous se fixe ici ou depuis un dossier, se confirme, se déplace, s’annule d’un geste ; « Pas venu » met un rappel dans « Ma journée ».',
      'La personne est prévenue par le moyen choisi, deux minutes après : le temps d’annuler. Un rappel part la veille ; ce qui ne tient plus est retiré.',
      '« Mes heures et mon lieu » dit quand vous recevez : les heures libres en viennent. Votre propre agenda peut les lire, sans aucun nom.',
    ],
  ],
  [
    '/propositions',
    'Propositions',
    [
      'Les jeunes que des plateformes proposent à votre structure : un prénom, un âge, une commune, une solution. Un bouton répond, et vous pouvez changer de réponse tant que la personne n’a pas donné la sienne.',
    ],
  ],
  [
    '/litiges',
    'Identités à trancher',
    [
      'Quand deux fiches se ressemblent sans que ce soit sûr, aucune machine ne décide. L’écran les met côte à côte, marque ce qui diffère, et dit ce que chaque réponse changerait.',
      '« Je ne sais pas » est une bonne réponse : la question ira à quelqu’un d’autre. Chacun peut reprendre sa réponse, plus bas sur la page.',
    ],
  ],
  [
    '/reunion',
    'Réunion mensuelle',
    [
      'L’ordre du jour est prêt : ce qui presse d’abord, chaque dossier une seule fois. Un bouton décide, le dossier change aussitôt, et le compte rendu s’écrit.',
      'La réunion peut être interrompue et reprise. À deux, chacun voit ce que l’autre décide.',
    ],
  ],
  [
    '/anciens-eleves',
    'Anciens élèves',
    [
      'La direction d’un établissement répond aux questions des plateformes, dit ce qu’elle sait, signale un élève parti, et voit où ses anciens élèves sont entrés : jamais les contacts ni les entretiens.',
    ],
  ],
  [
    '/reseau',
    'Réseau',
    [
      'Qui a quel droit sur votre territoire, jusqu’à quand, et qui en a répondu. Un droit retiré l’est à l’instant, même sur un écran déjà ouvert.',
      'Une absence se prépare dans « Remplacements » : un collègue tient votre droit, tel quel, pour un temps.',
      '« Plateformes et zones » : les actes qui désignent les structures, et les communes de chaque plateforme. La région et la coordination du département les changent.',
      'Un acte qui engage demande un second facteur, donné depuis moins de dix minutes. Vous revenez ensuite où vous en étiez, et ce que vous aviez saisi vous attend.',
    ],
  ],
  [
    '/administration',
    'Administration',
    [
      'La protection des données cherche dans la trace qui a vu quoi, répond aux personnes sur leurs données, lit les durées. Chercher est aussi écrit dans la trace.',
      'L’administration nationale suit ce que le programme fait de lui-même, et relance ce qui a échoué.',
    ],
  ],
];

/** What each screen is for, in a few sentences. */
export default function Help() {
  const { data: me } = useMe();
  const mine = me ? screensOf(me).map(({ path }) => path) : GUIDES.map(([path]) => path);
  const guides = GUIDES.filter(([path]) => mine.includes(path));
  return (
    <div className="page prose">
      <title>Aide · Raccroche</title>
      <h1>Aide</h1>
      {guides.map(([path, title, texts]) => (
        <section key={path}>
          <h2>{me ? <Link href={path}>{title}</Link> : title}</h2>
          {texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ))}
      <section>
        <h2>Les mots</h2>
        <dl>
          <dt>La liste</dt>
          <dd>
            Les jeunes de 16 à 25 ans qui ont quitté une formation sans diplôme et pour qui aucune inscription
            n’a été trouvée depuis.
          </dd>
          <dt>Vérifier</dt>
          <dd>Dire si la personne est bien sans solution, avant de l’appeler.</dd>
          <dt>Référent</dt>
          <dd>La personne de la plateforme qui suit ce dossier.</dd>
        </dl>
      </section>
      <section>
        <h2>Si le réseau se coupe</h2>
        <p>
          Vous pouvez continuer. Ce que vous notez est gardé dans cet onglet et part tout seul au retour du
          réseau. Ne fermez pas l’onglet avant.
        </p>
      </section>
      {me && <TourAgain me={me} />}
      <p>
        Voir aussi les <Link href="/raccourcis">raccourcis clavier</Link>.
      </p>
    </div>
  );
}
