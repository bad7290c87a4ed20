/** Legal notices: those of the software; the body that runs it completes them. */
export default function Legal() {
  return (
    <div className="page prose">
      <title>Mentions légales · Raccroche</title>
      <h1>Mentions légales</h1>
      <p className="lead">
        Raccroche est un logiciel libre. Ce n’est pas un site officiel de l’État, et cette installation est
        une démonstration : elle tourne sur votre machine, avec des personnes inventées.
      </p>
      <h2>Éditeur et hébergeur</h2>
      <p>
        Une administration qui met Raccroche en service indique ici son nom, la direction de la publication et
        l’hébergeur. La démonstration n’a ni éditeur, ni hébergeur : rien n’en sort de votre machine.
      </p>
      <h2>Licences</h2>
      <ul>
        <li>Le logiciel : licence publique de l’Union européenne, EUPL 1.2.</li>
        <li>La police de caractères : Atkinson Hyperlegible Next, SIL Open Font License 1.1.</li>
        <li>Les positions des communes : GeoNames, licence Creative Commons BY 4.0.</li>
      </ul>
      <p>Aucun signe réservé à l’État (bloc-marque, logo, police) n’est utilisé.</p>
    </div>
  );
}
