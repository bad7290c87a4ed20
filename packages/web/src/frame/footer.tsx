import { Link } from 'wouter';

const LINKS = [
  ['/aide', 'Aide'],
  ['/raccourcis', 'Raccourcis clavier'],
  ['/accessibilite', 'Accessibilité : non conforme'],
  ['/mentions-legales', 'Mentions légales'],
  ['/donnees-personnelles', 'Données personnelles et cookies'],
] as const;

export function Footer() {
  return (
    <footer className="footer">
      <nav aria-label="Pied de page">
        <ul>
          {LINKS.map(([path, label]) => (
            <li key={path}>
              <Link href={path}>{label}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <p>Logiciel libre. Ce n’est pas un site officiel de l’État.</p>
    </footer>
  );
}
