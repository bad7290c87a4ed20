import { french } from '../words/texts.ts';

const WARNING =
  'Un décès inscrit au fichier de l’INSEE ressemble à cette personne, sans que ce soit sûr. Tant que personne n’a tranché, aucune coordonnée n’est donnée. N’appelez pas la famille pour le demander ; dans le doute, répondez « Je ne sais pas ».';

/** Of somebody who may have died: what is not done before a person has decided. */
export const BeforeDeath = () => <p className="warning">{french(WARNING)}</p>;
