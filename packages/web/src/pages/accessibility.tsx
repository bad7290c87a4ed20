/** The statement that the law asks for, as things are: no audit was made. Source: RGAA 4.1.2, décret 2019-768. */
export default function Accessibility() {
  return (
    <div className="page prose">
      <title>Accessibilité · Raccroche</title>
      <h1>Déclaration d’accessibilité</h1>
      <p className="lead">
        <strong>Accessibilité : non conforme.</strong> Aucun audit de conformité au RGAA 4.1.2 n’a encore été
        mené : c’est ce que la loi demande d’écrire dans ce cas.
      </p>
      <h2>Ce qui a été essayé, et comment</h2>
      <ul>
        <li>
          Chaque écran et ses états passent le contrôle automatique axe-core (WCAG 2.2, A et AA), en clair et
          en sombre, sur ordinateur et sur téléphone, sans défaut relevé. Un tel contrôle ne voit qu’une
          partie des critères.
        </li>
        <li>
          Un parcours entier (entrer, chercher, ouvrir, noter une tentative, annuler) se fait au clavier seul.
        </li>
        <li>Les écrans tiennent à 320 pixels de large, sans défilement horizontal.</li>
        <li>Les touches simples peuvent être désactivées.</li>
      </ul>
      <h2>Ce qui n’a pas été essayé</h2>
      <ul>
        <li>Aucun essai avec un lecteur d’écran, une plage braille, une loupe ou une commande vocale.</li>
        <li>Aucun essai par des personnes handicapées.</li>
        <li>Les fichiers produits par les campagnes (XLSX, HTML) n’ont pas été contrôlés.</li>
      </ul>
      <h2>Signaler une difficulté</h2>
      <p>
        Écrivez à la structure qui vous a ouvert l’accès. Sans réponse, vous pouvez saisir le Défenseur des
        droits (defenseurdesdroits.fr), sans frais.
      </p>
      <p className="quiet">Déclaration établie le 26 novembre 2026, pour la version de démonstration.</p>
    </div>
  );
}
