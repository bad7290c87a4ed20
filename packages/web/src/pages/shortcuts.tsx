import { useState } from 'react';
import { areKeysOn, setKeysOn } from '../frame/keys.ts';

const GROUPS = [
  [
    'Partout',
    [
      ['Tab', 'Aller d’un élément au suivant ; le premier mène au contenu'],
      ['Ctrl + Z', 'Annuler ce qui vient d’être fait, pendant dix secondes'],
      ['/', 'Chercher une personne'],
      ['Échap', 'Fermer le volet'],
    ],
  ],
  [
    'La liste',
    [
      ['j', 'Ligne suivante'],
      ['k', 'Ligne précédente'],
      ['x', 'Sélectionner la ligne'],
      ['Entrée', 'Ouvrir le dossier dans le volet'],
      ['flèches', 'Par étape : de carte en carte, de colonne en colonne'],
    ],
  ],
  [
    'Un dossier, ou le volet',
    [
      ['t', 'Noter une tentative'],
      ['r', 'Fixer un rendez-vous'],
      ['e', 'Noter l’entretien'],
      ['s', 'Noter une solution'],
      ['p', 'Proposer à une structure'],
      ['1 à 6', 'Choisir : comment, puis ce que cela a donné'],
    ],
  ],
  [
    'Rendez-vous',
    [
      ['p', 'Semaine précédente'],
      ['s', 'Semaine suivante'],
      ['a', 'Cette semaine'],
      ['n', 'Nouveau rendez-vous'],
      ['j', 'Rendez-vous suivant'],
      ['k', 'Rendez-vous précédent'],
    ],
  ],
  [
    'À vérifier',
    [
      ['1', 'Toujours sans solution'],
      ['2', 'Scolarisé ou en formation ailleurs'],
      ['3', 'A obtenu son diplôme'],
      ['4', 'A déménagé'],
      ['5', 'Autre motif'],
      ['?', 'Demander à l’établissement'],
      ['Entrée', 'Confirmer ce que l’établissement a répondu'],
      ['espace', 'Plus tard'],
    ],
  ],
  [
    'Identités à trancher',
    [
      ['m', 'Même personne'],
      ['d', 'Deux personnes'],
      ['n', 'Je ne sais pas : un second avis'],
    ],
  ],
] as const;

export default function Shortcuts() {
  const [on, setOn] = useState(areKeysOn());
  return (
    <div className="page prose">
      <title>Raccourcis clavier · Raccroche</title>
      <h1>Raccourcis clavier</h1>
      <p>
        Tout peut se faire au clavier. Les touches ci-dessous vont plus vite ; elles n’agissent jamais pendant
        que vous écrivez dans un champ.
      </p>
      <p>
        <label className="check">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => {
              setKeysOn(event.target.checked);
              setOn(event.target.checked);
            }}
          />
          Utiliser les touches simples (décochez si vous dictez à la voix)
        </label>
      </p>
      {GROUPS.map(([title, keys]) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl className="keys">
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
