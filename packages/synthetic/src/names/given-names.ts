import type { Sex } from '@raccroche/contract';

/**
 * Given names of young people in France, each with a weight for those born before 2006 and for those born since:
 * written by hand after the general look of public frequency lists, nobody's name in particular.
 */
export interface GivenName {
  readonly name: string;
  readonly before2006: number;
  readonly since2006: number;
}

function read(lines: string): readonly GivenName[] {
  return lines
    .trim()
    .split(/\s+/)
    .map((item) => {
      const [name = '', before = '1', since = before] = item.split(':');
      return { name, before2006: Number(before), since2006: Number(since) };
    });
}

/** Given names without a particular origin. */
export const GIVEN_NAMES: Record<Sex, readonly GivenName[]> = {
  F: read(`
    Léa:30:18 Manon:26:17 Camille:20:14 Chloé:22:20 Emma:18:30 Marie:16:8 Sarah:16:14 Océane:20:7 Mathilde:14:8
    Pauline:16:6 Laura:18:5 Lucie:13:12 Julie:16:6 Marine:17:4 Anaïs:15:9 Inès:9:17 Clara:12:16 Lisa:9:11 Jade:7:22
    Louise:6:15 Alice:6:12 Zoé:5:12 Lola:6:16 Eva:7:13 Lena:4:6 Léna:5:12 Maëlys:4:14 Romane:5:12 Juliette:7:12
    Charlotte:10:8 Justine:14:5 Noémie:10:6 Margaux:10:9 Émilie:10:3 Élise:6:5 Agathe:4:7 Jeanne:5:9 Anna:4:9 Rose:2:6
    Ambre:2:9 Lilou:3:10 Louane:2:8 Célia:7:7 Éva:2:4 Mélissa:8:4 Coralie:7:2 Morgane:11:3 Amandine:10:2 Audrey:7:1
    Élodie:9:1 Mélanie:9:2 Cindy:5:1 Jennifer:5:1 Océanne:2:1 Solène:4:3 Estelle:3:2 Fanny:5:2 Cassandra:4:2 Kimberley:2:1
    Clémence:7:6 Héloïse:3:4 Capucine:2:5 Constance:2:3 Victoire:1:3 Apolline:1:4 Lou:2:7 Salomé:3:5 Maëlle:3:5 Lina:3:15
    Marie-Louise:1:1 Anne-Sophie:2:1 Lou-Ann:1:2 Marie-Charlotte:1:1 Anne-Laure:1:1 Rose-Marie:1:1 Lily-Rose:0:3 Emma-Lou:0:1`),
  M: read(`
    Lucas:26:26 Thomas:30:15 Hugo:24:20 Théo:26:18 Maxime:24:14 Nicolas:20:5 Alexandre:22:9 Antoine:20:11 Quentin:22:7
    Alexis:20:9 Clément:20:13 Valentin:18:9 Léo:8:17 Enzo:12:28 Mathis:6:20 Nathan:10:21 Louis:12:17 Arthur:10:17 Tom:7:15
    Jules:6:18 Raphaël:8:16 Gabriel:6:19 Ethan:1:14 Noah:2:18 Paul:12:13 Baptiste:13:11 Romain:16:6 Julien:14:4 Florian:15:5
    Adrien:14:8 Kévin:14:2 Dylan:10:5 Corentin:11:6 Benjamin:12:7 Guillaume:11:4 Pierre:13:7 Simon:8:8 Axel:7:11 Victor:7:8
    Maxence:7:9 Robin:6:7 Evan:2:11 Timéo:1:12 Mathéo:3:13 Matthieu:9:4 Jordan:8:2 Anthony:10:3 Jérémy:10:3 Loïc:6:2
    Rémi:7:4 Dorian:6:4 Tristan:5:4 Gaël:2:3 Bastien:6:4 Martin:4:6 Samuel:5:7 Gaspard:1:3 Augustin:1:4 Marius:1:4
    Noé:2:8 Sacha:2:9 Noël:1:1 François:3:1 Cédric:3:1 Steven:4:2 Bryan:4:2 Killian:3:4 Ludovic:2:1 Émile:1:2
    Jean-Baptiste:3:1 Pierre-Louis:1:1 Jean-Christophe:1:0 Charles-Henri:1:0 Paul-Antoine:1:0 Pierre-Antoine:1:0 Jean-Luc:1:0 Léo-Paul:0:1`),
};

/** Given names that go more often with surnames of one origin. */
export const GIVEN_NAMES_BY_ORIGIN: Record<string, Record<Sex, readonly GivenName[]>> = {
  maghreb: {
    F: read(`Yasmine:8 Sarah:6 Imane:5 Fatima:3 Nour:3:7 Salma:3:6 Aya:2:8 Lina:4:9 Kenza:5 Amina:5 Meriem:3 Khadija:3 Sabrina:5:2
      Inès:8 Myriam:4 Nesrine:3 Asma:3 Hafsa:2 Ikram:3 Fatima-Zahra:2`),
    M: read(`Mohamed:12 Mehdi:7 Yanis:7 Rayan:4:9 Amine:6 Karim:5:2 Bilal:5 Ilyes:3:6 Ayoub:5 Sofiane:5 Nassim:4 Walid:3 Hamza:5 Adam:2:8
      Youssef:4 Ibrahim:3 Samir:3:1 Zakaria:3 Abdelkader:1 Anas:2:4`),
  },
  westAfrica: {
    F: read(
      `Aminata:6 Fatoumata:7 Mariam:6 Awa:4 Kadiatou:3 Aïssata:4 Bintou:3 Fanta:2 Hawa:3 Oumou:2 Ramata:2 Djénéba:2`,
    ),
    M: read(
      `Mamadou:8 Moussa:6 Ibrahima:6 Ousmane:4 Cheikh:3 Abdoulaye:4 Boubacar:4 Souleymane:3 Amadou:4 Issa:3 Lamine:3 Adama:3`,
    ),
  },
  portugal: {
    F: read(`Ana:3 Sofia:4 Maria:3 Inês:2 Mélanie:3 Jessica:3 Beatriz:2 Diana:2`),
    M: read(`Tiago:3 Diogo:3 David:5 Daniel:4 Rui:1 Miguel:3 Fabio:3 João:2`),
  },
  turkey: {
    F: read(`Elif:4 Esra:3 Büsra:2 Melisa:3 Sevda:2 Yaren:2 Zeynep:4 Merve:3`),
    M: read(`Mehmet:4 Emre:4 Yusuf:4 Ömer:2 Enes:3 Burak:3 Mustafa:3 Kerem:2`),
  },
  vietnam: {
    F: read(`Linh:2 Mai:3 Thi-Anh:1 Julie:3 Léa:3 Kim-Anh:1`),
    M: read(`Minh:2 Anh-Tuan:1 Kevin:3 David:3 Thomas:3 Quang:1`),
  },
  brittany: {
    F: read(`Maëlle:4 Enora:4 Nolwenn:3 Gwenaëlle:2 Rozenn:1 Morgane:4`),
    M: read(`Ewen:3 Malo:4 Titouan:4 Gwendal:2 Yann:4 Erwan:5 Corentin:5`),
  },
  corsica: {
    F: read(`Lesia:2 Ghjulia:2 Maria-Stella:1 Letizia:2 Carla:4 Marina:3`),
    M: read(`Ange:3 Petru:2 Anto:1 Pierre-Paul:1 Dominique:2 Lisandru:2 Jean-Ange:1`),
  },
};
