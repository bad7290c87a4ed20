/** What is kept of whom, and what the browser keeps. */
export default function PersonalData() {
  return (
    <div className="page prose">
      <title>Données personnelles · Raccroche</title>
      <h1>Données personnelles et cookies</h1>
      <p className="lead">Dans cette démonstration, toutes les personnes sont inventées.</p>
      <h2>Les données des jeunes</h2>
      <p>
        Identité, coordonnées, dernière formation, ce que la plateforme a fait. Jamais la santé, la
        nationalité, la situation familiale ou sociale, ni une sanction : ces informations sont écartées à la
        lecture des fichiers. Les moins de 16 ans ne sont pas gardés.
      </p>
      <p>
        Le traitement sert à proposer une solution à chaque jeune sorti de formation sans diplôme (article L.
        313-7 du code de l’éducation, arrêté du 15 octobre 2020).
      </p>
      <h2>Qui voit quoi</h2>
      <p>
        Chaque personne habilitée ne voit que son territoire, pour l’usage qui lui est reconnu. Toute
        consultation et toute modification sont inscrites dans un journal que personne ne peut réécrire.
      </p>
      <h2>Vos données à vous, qui utilisez l’application</h2>
      <p>Votre nom, votre rôle, votre structure, et ce que vous consultez ou modifiez, avec l’heure.</p>
      <h2>Cookies</h2>
      <p>
        Un seul, nécessaire : il garde votre connexion. Ni mesure d’audience, ni service tiers ; il n’y a donc
        rien à accepter. Votre navigateur garde aussi, dans cet onglet et jusqu’à leur envoi, les actions
        faites pendant une coupure du réseau : des codes et des numéros de dossier, aucun nom ; et, le temps
        d’un second facteur, ce que vous aviez saisi dans un formulaire d’administration.
      </p>
      <h2>Vos droits</h2>
      <p>
        Accès, rectification, limitation : adressez-vous à la structure qui met Raccroche en service ou à son
        délégué à la protection des données, puis, au besoin, à la CNIL (cnil.fr).
      </p>
    </div>
  );
}
