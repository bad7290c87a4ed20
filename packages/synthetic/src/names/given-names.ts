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

/** Reads `Name:before:since`; a weight left out is 1, or the one before it. */
export function readGivenNames(lines: string): readonly GivenName[] {
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
  F: readGivenNames(`
    Léa:30:18 Manon:26:17 Camille:20:14 Chloé:22:20 Emma:18:30 Marie:16:8 Sarah:16:14 Océane:20:7 Mathilde:14:8
    Pauline:16:6 Laura:18:5 Lucie:13:12 Julie:16:6 Marine:17:4 Anaïs:15:9 Inès:9:17 Clara:12:16 Lisa:9:11 Jade:7:22
    Louise:6:15 Alice:6:12 Zoé:5:12 Lola:6:16 Eva:7:13 Lena:4:6 Léna:5:12 Maëlys:4:14 Romane:5:12 Juliette:7:12
    Charlotte:10:8 Justine:14:5 Noémie:10:6 Margaux:10:9 Émilie:10:3 Élise:6:5 Agathe:4:7 Jeanne:5:9 Anna:4:9 Rose:2:6
    Ambre:2:9 Lilou:3:10 Louane:2:8 Célia:7:7 Éva:2:4 Mélissa:8:4 Coralie:7:2 Morgane:11:3 Amandine:10:2 Audrey:7:1
    Élodie:9:1 Mélanie:9:2 Cindy:5:1 Jennifer:5:1 Océanne:2:1 Solène:4:3 Estelle:3:2 Fanny:5:2 Cassandra:4:2 Kimberley:2:1
    Clémence:7:6 Héloïse:3:4 Capucine:2:5 Constance:2:3 Victoire:1:3 Apolline:1:4 Lou:2:7 Salomé:3:5 Maëlle:3:5 Lina:3:15
    Marie-Louise:1:1 Anne-Sophie:2:1 Lou-Ann:1:2 Marie-Charlotte:1:1 Anne-Laure:1:1 Rose-Marie:1:1 Lily-Rose:0:3 Emma-Lou:0:1`),
  M: readGivenNames(`
    Lucas:26:26 Thomas:30:15 Hugo:24:20 Théo:26:18 Maxime:24:14 Nicolas:20:5 Alexandre:22:9 Antoine:20:11 Quentin:22:7
    Alexis:20:9 Clément:20:13 Valentin:18:9 Léo:8:17 Enzo:12:28 Mathis:6:20 Nathan:10:21 Louis:12:17 Arthur:10:17 Tom:7:15
    Jules:6:18 Raphaël:8:16 Gabriel:6:19 Ethan:1:14 Noah:2:18 Paul:12:13 Baptiste:13:11 Romain:16:6 Julien:14:4 Florian:15:5
    Adrien:14:8 Kévin:14:2 Dylan:10:5 Corentin:11:6 Benjamin:12:7 Guillaume:11:4 Pierre:13:7 Simon:8:8 Axel:7:11 Victor:7:8
    Maxence:7:9 Robin:6:7 Evan:2:11 Timéo:1:12 Mathéo:3:13 Matthieu:9:4 Jordan:8:2 Anthony:10:3 Jérémy:10:3 Loïc:6:2
    Rémi:7:4 Dorian:6:4 Tristan:5:4 Gaël:2:3 Bastien:6:4 Martin:4:6 Samuel:5:7 Gaspard:1:3 Augustin:1:4 Marius:1:4
    Noé:2:8 Sacha:2:9 Noël:1:1 François:3:1 Cédric:3:1 Steven:4:2 Bryan:4:2 Killian:3:4 Ludovic:2:1 Émile:1:2
    Jean-Baptiste:3:1 Pierre-Louis:1:1 Jean-Christophe:1:0 Charles-Henri:1:0 Paul-Antoine:1:0 Pierre-Antoine:1:0 Jean-Luc:1:0 Léo-Paul:0:1`),
};
