import type { Sex } from '@raccroche/contract';
import { type GivenName, readGivenNames as read } from './given-names.ts';

/** Given names that go more often with surnames of one group. Groups without any take those of the whole country. */
export const GIVEN_NAMES_BY_GROUP: Readonly<Record<string, Record<Sex, readonly GivenName[]>>> = {
  maghreb: {
    F: read(`Yasmine:8 Sarah:6 Imane:5 Fatima:3 Nour:3:7 Salma:3:6 Aya:2:8 Lina:4:9 Kenza:5 Amina:5 Meriem:3 Khadija:3 Sabrina:5:2
      Inès:8 Myriam:4 Nesrine:3 Asma:3 Hafsa:2 Ikram:3 Fatima-Zahra:2 Soumaya:2 Chaïma:3 Wissal:1:3`),
    M: read(`Mohamed:12 Mehdi:7 Yanis:7 Rayan:4:9 Amine:6 Karim:5:2 Bilal:5 Ilyes:3:6 Ayoub:5 Sofiane:5 Nassim:4 Walid:3 Hamza:5 Adam:2:8
      Youssef:4 Ibrahim:3 Samir:3:1 Zakaria:3 Abdelkader:1 Anas:2:4 Mohamed-Amine:2 Ismaël:3`),
  },
  westAfrica: {
    F: read(
      `Aminata:6 Fatoumata:7 Mariam:6 Awa:4 Kadiatou:3 Aïssata:4 Bintou:3 Fanta:2 Hawa:3 Oumou:2 Ramata:2 Djénéba:2 Assa:2 Coumba:2`,
    ),
    M: read(
      `Mamadou:8 Moussa:6 Ibrahima:6 Ousmane:4 Cheikh:3 Abdoulaye:4 Boubacar:4 Souleymane:3 Amadou:4 Issa:3 Lamine:3 Adama:3 Sékou:2`,
    ),
  },
  centralAfrica: {
    F: read(
      `Grâce:5 Merveille:4 Naomie:3 Christelle:3 Plamedi:1 Exaucée:2 Ruth:2 Dorcas:2 Divine:2 Marie-Noëlle:1`,
    ),
    M: read(`Christ:4 Emmanuel:4 Jordy:3 Exaucé:2 Dieumerci:1 Josué:3 Glody:2 Trésor:2 Samuel:3 Jérémie:3`),
  },
  portugal: {
    F: read(`Ana:3 Sofia:4 Maria:3 Inês:2 Mélanie:3 Jessica:3 Beatriz:2 Diana:2`),
    M: read(`Tiago:3 Diogo:3 David:5 Daniel:4 Rui:1 Miguel:3 Fabio:3 João:2`),
  },
  spain: {
    F: read(`Lucía:2 Carmen:3 Paula:3 Elena:4 Marta:2 Sofía:2 Inés:2 Alba:3 María-José:1`),
    M: read(`Diego:4 Pablo:4 Álvaro:2 Sergio:3 Javier:2 Manuel:3 Iván:2 José-Luis:1`),
  },
  italy: {
    F: read(`Chiara:4 Giulia:4 Alessia:3 Francesca:2 Laura:4 Bianca:2 Elena:4`),
    M: read(`Matteo:4 Lorenzo:3 Alessio:3 Enzo:5 Luca:4 Marco:3 Fabio:2 Gian-Luca:1`),
  },
  poland: {
    F: read(`Zofia:2 Julia:4 Maja:2 Ewa:2 Natalia:3 Wiktoria:2 Agnieszka:1`),
    M: read(`Jakub:3 Kacper:2 Szymon:2 Antoni:2 Filip:3 Michal:1 Piotr:2`),
  },
  alsace: {
    F: read(`Elsa:4 Greta:1 Liesel:1 Clara:4 Heidi:1 Johanna:3`),
    M: read(`Hugo:4 Arthur:4 Florian:4 Matthias:3 Jonas:3 Hans-Peter:1`),
  },
  turkey: {
    F: read(`Elif:4 Esra:3 Büsra:2 Melisa:3 Sevda:2 Yaren:2 Zeynep:4 Merve:3`),
    M: read(`Mehmet:4 Emre:4 Yusuf:4 Ömer:2 Enes:3 Burak:3 Mustafa:3 Kerem:2`),
  },
  vietnam: {
    F: read(`Linh:2 Mai:3 Thi-Anh:1 Julie:3 Léa:3 Kim-Anh:1 Thuy:1`),
    M: read(`Minh:2 Anh-Tuan:1 Kevin:3 David:3 Thomas:3 Quang:1 Duc:1`),
  },
  china: {
    F: read(`Xinyi:2 Julie:3 Lili:2 Jiayi:2 Yulin:1 Sophie:2`),
    M: read(`Wei:2 Kevin:3 Junjie:2 Haoran:1 Alex:3 Yang:1`),
  },
  southAsia: {
    F: read(`Priya:2 Kavya:2 Abirami:1 Thanusha:1 Nivetha:1 Ayesha:2`),
    M: read(`Arun:2 Vithusan:1 Sanjay:2 Ali:2 Kajan:1 Hamza:2`),
  },
  brittany: {
    F: read(`Maëlle:4 Enora:4 Nolwenn:3 Gwenaëlle:2 Rozenn:1 Morgane:4`),
    M: read(`Ewen:3 Malo:4 Titouan:4 Gwendal:2 Yann:4 Erwan:5 Corentin:5`),
  },
  basque: {
    F: read(`Maialen:3 Amaia:3 Elaia:2 Haizea:2 Nahia:3`),
    M: read(`Xabi:3 Peio:3 Beñat:2 Mattin:2 Eneko:3 Iban:2`),
  },
  corsica: {
    F: read(`Lesia:2 Ghjulia:2 Maria-Stella:1 Letizia:2 Carla:4 Marina:3`),
    M: read(`Ange:3 Petru:2 Anto:1 Pierre-Paul:1 Dominique:2 Lisandru:2 Jean-Ange:1`),
  },
  antilles: {
    F: read(`Kimberley:3 Mélissa:3 Maëva:4 Anaëlle:2 Shanice:2 Marie-Line:1 Lorenza:1`),
    M: read(`Kévin:3 Jordan:3 Steeven:2 Ruddy:2 Jean-Marc:1 Yohan:3 Mickaël:2`),
  },
  reunion: {
    F: read(`Maëva:4 Marie-Anaïs:1 Tiffany:2 Océane:3 Élodie:2 Anaïs:3 Marie-Hélène:1`),
    M: read(`Loïc:3 Jean-Fred:1 Anthony:3 Dimitri:3 Jordan:2 Mathieu:2 Jean-Bernard:1`),
  },
  mayotte: {
    F: read(`Nasrine:3 Fatima:4 Anlia:2 Zaïnaba:2 Echati:2 Moinaecha:2 Roukia:2`),
    M: read(`Abdallah:3 Nassur:2 Anli:2 Soulaïmana:2 Kamal:3 Ibrahim:3 Toiyfou:1`),
  },
  polynesia: {
    F: read(`Vaea:2 Hinano:2 Maeva:3 Poerava:2 Tehani:3 Moeata:2`),
    M: read(`Teva:3 Manutea:2 Heimana:3 Tamatoa:2 Raimana:2 Ariitea:2`),
  },
  kanak: {
    F: read(`Marie-Ange:2 Wassi:1 Hnaija:1 Jessica:2 Kaloï:1 Élise:2`),
    M: read(`Jean-Yves:1 Wawa:1 Xowi:1 Steeve:2 Waïa:1 Gaëtan:2`),
  },
};
