/** Words that invented establishments and structures are named with: nature and trades, nobody's name. */
export const PLACE_WORDS: readonly string[] = `
des Remparts, de la Citadelle, des Trois-Moulins, de la Côte, des Collines, de la Baie, du Golfe, des Filaos, du Port,
des Tisserands, de l’Escale, des Corons, de la Canche, du Maquis, du Piton, des Dunes, du Beffroi, des Terrils, de la Lys,
du Val-Fleuri, des Deux-Rives, des Sept-Vallons, de la Grande-Baie, des Hauts, des Tilleuls, du Verger, de la Fontaine,
des Grands-Chênes, du Pont-Vieux, de la Clairière, des Coteaux, du Plateau, des Bruyères, de la Source, du Moulin-Neuf,
des Alizés, des Mimosas, du Lagon, de la Ravine, des Flamboyants, du Ballon, des Crêtes, de la Vallée, du Confluent,
des Salines, de la Garrigue, des Oliviers, du Causse, des Gorges, de la Lande, des Pins, du Phare, des Embruns, du Bocage,
des Forges, de la Verrerie, des Mariniers, du Canal, de l’Écluse, des Vignes, du Chai, de la Tuilerie, des Carrières`
  .split(',')
  .map((words) => words.trim().replace(/\s+/g, ' '));
