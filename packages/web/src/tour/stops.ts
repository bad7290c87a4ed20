import type { Me } from '../client/session.ts';
import { screensOf } from '../screens.ts';

/** A stop of the tour: a page, and what to look at there. */
export interface Stop {
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

const TEXTS: Readonly<Record<string, string>> = {
  '/ma-journee':
    'On commence ici : ce qui vous attend, dans l’ordre de ce qui nuirait le plus si on l’oubliait. Chaque ligne se traite sans quitter la page.',
  '/liste':
    'Tous les jeunes de la plateforme. Les vues, en haut, posent les questions de tous les jours ; un nom ouvre le dossier dans un volet.',
  '/a-verifier':
    'Une nouvelle liste se vérifie d’abord. Une personne par écran, pourquoi elle est là, et une touche pour répondre : 1 à 5. « Annuler » rattrape tout.',
  '/litiges':
    'Deux fiches se ressemblent ? Elles sont côte à côte, les différences marquées. La machine ne décide jamais : vous, ou quelqu’un d’autre si vous ne savez pas.',
  '/reunion':
    'L’ordre du jour du mois est prêt. On décide par boutons, en série, et le compte rendu s’écrit.',
  '/anciens-eleves':
    'Ce que sont devenus vos anciens élèves : leur situation, jamais les appels ni les entretiens.',
};

/** The screens of somebody, in the order of the navigation, then how to get help. */
export function stopsOf(me: Me): Stop[] {
  const screens = screensOf(me).flatMap(({ path, label }) => {
    const text = TEXTS[path];
    return text === undefined ? [] : [{ path, title: label, text }];
  });
  return [
    ...screens,
    {
      path: '/aide',
      title: 'Aide',
      text: 'Chaque écran a son guide, et toutes les touches sont dans « Raccourcis clavier ». Vous pouvez tout casser : la page d’entrée remet la démonstration à neuf d’un clic.',
    },
  ];
}
