import type { Role } from '@raccroche/contract';

/** What each does here, in one sentence, on the cards of the demonstration. */
export const DoesByRole = {
  caseworker: 'Vérifie la liste, appelle les jeunes, note ce qu’il en est.',
  co_leader: 'Répartit les dossiers entre collègues et suit les échéances.',
  department_coordinator: 'Voit les listes de toutes les plateformes du département.',
  school_head: 'Voit ce que sont devenus ses anciens élèves.',
  provider: 'Répond d’un bouton quand une plateforme lui propose un jeune.',
  regional_steering:
    'Enregistre les désignations, dessine les zones, donne les droits ; ne voit aucun nom de jeune.',
  national_administration: 'Donne les droits des régions, mène les campagnes, suit les travaux.',
  data_protection: 'Cherche qui a vu quoi, répond aux personnes sur leurs données.',
} as const satisfies Record<Role, string>;
