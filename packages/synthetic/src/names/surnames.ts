/**
 * Surnames borne in France, by origin, the most frequent first: written by hand after the general look of public
 * frequency lists. The weight of the n-th falls like 1/n^0.5, so that a few are very common (homonyms) and many rare.
 */
export const SURNAMES = {
  france: list(`
    Martin, Bernard, Petit, Dubois, Durand, Moreau, Thomas, Robert, Richard, Laurent, Simon, Michel, Lefebvre, Leroy, Roux,
    David, Bertrand, Morel, Fournier, Girard, Bonnet, Lambert, Fontaine, Rousseau, Vincent, Müller, Faure, André, Mercier,
    Blanc, Guérin, Boyer, Garnier, Chevalier, François, Legrand, Gauthier, Garcia, Perrin, Robin, Clément, Morin, Nicolas,
    Henry, Roussel, Mathieu, Gautier, Masson, Marchand, Duval, Denis, Dumont, Marie, Lemaire, Noël, Meyer, Dufour, Meunier,
    Brun, Blanchard, Giraud, Joly, Rivière, Lucas, Brunet, Gaillard, Barbier, Arnaud, Martinez, Gérard, Roche, Renard,
    Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre, Aubert, Lemoine, Renaud, Dumas, Lacroix, Olivier,
    Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland, Leclercq, Guillaume, Lecomte, López, Jean, Dupuy,
    Guillot, Hubert, Berger, Carpentier, Sánchez, Dupuis, Moulin, Louis, Deschamps, Huet, Vasseur, Perez, Boucher, Fleury,
    Royer, Klein, Jacquet, Adam, Paris, Poirier, Marty, Aubry, Guyot, Carré, Charles, Renault, Charpentier, Ménard, Maillard,
    Baron, Bertin, Bailly, Hervé, Schneider, Fernandez, Le Gall, Collet, Léger, Bouvier, Julien, Prévost, Millet, Perrot,
    Daniel, Cousin, Germain, Breton, Besson, Langlois, Rémy, Pelletier, Lévêque, Perrier, Leblanc, Barré, Lebrun, Marchal,
    Weber, Mallet, Hamon, Boulanger, Jacob, Monnier, Michaud, Rodríguez, Guichard, Gillet, Étienne, Grondin, Poulain, Tessier,
    Chevallier, Collin, Chauvin, Bouchet, Gay, Lemaître, Bénard, Maréchal, Humbert, Reynaud, Antoine, Hoarau, Perret, Barthélemy,
    Cordier, Pichon, Lejeune, Gilbert, Lamy, Delaunay, Pasquier, Carlier, Laporte, de La Fontaine, d’Hervilly, de Saint-Aubin,
    L’Hermitte, Du Bellay, de Maillard, Saint-Georges, Cœurdoux, Bœuf, Lœuillet`),
  north: list(`
    Delattre, Delannoy, Vandamme, Delcroix, Deleplanque, Vanhoutte, Dewaele, Lesage, Hennebelle, Deroo, Desmet, Dhondt, Debruyne,
    Vandenbroucke, Verhaeghe, Declercq, Devos, Wallaert, Crépin, Flament, Wattebled, Bacquaert, Cuvelier, Ducrocq, Delvallée,
    Boulinguez, Lheureux, Duquesnoy, Hochart, Delbecque, Planquart, Bouchart, Lamblin, Dutoit, Lecocq, Dhaussy, Van Den Berghe`),
  brittany: list(`
    Le Goff, Le Roux, Le Guen, Le Bihan, Kerbrat, Guillou, Le Berre, Tanguy, Cadiou, Kervella, Quéméner, Le Floc’h, Salaün, Abgrall,
    Riou, Prigent, Le Corre, Cozic, Goasdoué`),
  corsica: list(`
    Casanova, Santoni, Mattei, Luciani, Leca, Poli, Paoli, Colonna d’Istria, Orsini, Albertini, Giacobbi, Susini, Franceschi, Agostini`),
  maghreb: list(`
    Benali, Mansouri, Belkacem, Bouzid, Haddad, Saïdi, Cherif, Ben Salah, Bensaïd, Ait Ali, El Amrani, El Idrissi, Boukhari, Ziani,
    Khelifi, Hamdi, Trabelsi, Rahmani, Bouchareb, Touati, Amara, Brahimi, Larbi, El Mansouri, Messaoudi, Ben Ahmed`),
  westAfrica: list(`
    Diallo, Traoré, Diop, Coulibaly, Camara, Diarra, Keïta, Ba, Sow, Ndiaye, Sylla, Touré, Cissé, Konaté, Koné, Fofana, Bah, Doumbia,
    N’Diaye, Kouassi, Dembélé, Barry`),
  portugal: list(
    `Da Silva, Ferreira, Pereira, Dos Santos, Rodrigues, Fernandes, Gomes, Oliveira, De Sousa, Lopes, Alves, Carvalho`,
  ),
  turkey: list(`Yilmaz, Kaya, Demir, Çelik, Yildiz, Öztürk, Arslan, Aydin, Özdemir, Kiliç`),
  vietnam: list(`Nguyen, Tran, Le, Pham, Huynh, Vo, Dang, Bui, Nguyen Van, Tran Thi`),
  poland: list(
    `Kowalski, Nowak, Wisniewski, Kaczmarek, Szymanski, Lewandowski, Dudek, Piotrowski, Walczak, Majchrzak`,
  ),
  italy: list(`Rossi, Ferrari, Esposito, Ricci, Marino, Greco, Lombardi, De Luca, Di Marco`),
  alsace: list(`
    Muller, Meyer, Schmitt, Schneider, Klein, Weber, Fischer, Schmidt, Wagner, Kieffer, Hoffmann, Zimmermann, Kuntz, Walter, Keller,
    Baumann, Schwartz, Hirtz, Wurtz, Schaeffer, Heitz, Roth, Friedrich, Kessler, Hügel, Ehrhart, Strub, Bürgermeister`),
  basque: list(`
    Etcheverry, Etchegaray, Irigoyen, Harispe, Elissalde, Duhalde, Hiriart, Goyhenetche, Larralde, Mendiboure, Urruty, Bidegaray,
    Etchebarne, Ibarra, Inchauspé, Larronde, Aguirre, Arrambide`),
  spain: list(`
    Garcia, Martinez, Lopez, Sanchez, Perez, Fernandez, Rodriguez, Gonzalez, Gomez, Ruiz, Hernandez, Moreno, Navarro, Torres, Ramirez,
    Castillo, Serrano, Muñoz, Iglesias, De La Cruz, Del Rio, Núñez`),
  centralAfrica: list(`
    Mbala, Ngoma, Makosso, Mabiala, Ilunga, Kabongo, Mukendi, Nsimba, Tshimanga, Loemba, Bemba, Massamba, Nkounkou, Moukoko, Nguema,
    Mbongo, Mutombo, Ndongala`),
  china: list(`Chen, Wang, Li, Zhang, Lin, Wu, Huang, Zhou, Yang, Xu, Hu, Zheng, Ye, Liu`),
  southAsia: list(`
    Singh, Kumar, Sivakumar, Kandiah, Selvarajah, Rasiah, Hussain, Khan, Ahmed, Nadarajah, Thambirajah, Patel, Mohammad, Kaur`),
  antilles: list(`
    Jean-Baptiste, Bienaimé, Moutoussamy, Rosemond, Cyrille, Marie-Joseph, Montout, Louis-Joseph, Saint-Louis, Joseph-Angélique,
    Gustave, Bapté, Célestine, Ramassamy, Jean-Louis, Pierre-Louis, Valmorin, Théodore, Nestor, Sainte-Rose, Charles-Nicolas,
    Dorville, Zébina, Edmond, Bellance, Jean-Charles, Augustin, Élisabeth-Marie-Françoise`),
  reunion: list(`
    Payet, Hoarau, Grondin, Boyer, Fontaine, Rivière, Robert, Dijoux, Maillot, Bègue, Techer, Virapin, Ramsamy, Lebon, Sautron,
    Vitry, Mussard, Turpin, Nativel, Cadet, Narassiguin, Soundrom, Virapoullé, Chane-Kane, Law-Yen, Ah-Kane, Thiaw-Kine, Lauret`),
  mayotte: list(`
    Ali, Said, Madi, Abdallah, Ahamada, Attoumani, Bacar, Boina, Combo, Houmadi, Mohamed, Saïd Ali, Youssouf, Soilihi, Ousseni,
    Mouhamadi, Charif, Abdou, Ali Madi, Halidi`),
  polynesia: list(`
    Tehuiotoa, Teriierooiterai, Maitere, Tetuanui, Temauri, Faatau, Hauata, Tapare, Teuira, Tuahine, Mahuru, Tauraa, Marama,
    Tetuamanuhiri, Vahirua, Taputuarai`),
  kanak: list(`
    Wamytan, Naisseline, Wapotro, Poadja, Kawa, Tein, Hnawia, Xowie, Wénéhoua, Poigoune, Wahnyamalla, Nékiriaï, Boaouva, Wadra`),
} satisfies Record<string, readonly string[]>;

/** Where a family name comes from: what nobody may be wronged by. */
export type NameGroup = keyof typeof SURNAMES;

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
