import type { Role } from '@raccroche/contract';

/** What each does here, in one sentence, on the cards of the demonstration. */
export const DoesByRole = {
  caseworker: 'Vérifie la liste, appelle les jeunes, note ce qu’il en est.',
  co_leader: 'Répartit les dossiers entre collègues et suit les échéances.',
  department_coordinator: 'Voit les listes de toutes les plateformes du département.',
  school_head: 'Voit ce que sont devenus ses anciens élèves.',
  provider: 'Répond d’un bouton quand une plateforme lui propose un jeune.',
  regional_steering: 'Pilote sans voir de nom. Ses écrans ne sont pas encore faits.',
  national_administration: 'Pilote sans voir de nom. Ses écrans ne sont pas encore faits.',
  data_protection: 'Contrôle l’usage des données. Ses écrans ne sont pas encore faits.',
} as const satisfies Record<Role, string>;
