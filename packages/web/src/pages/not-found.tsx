import { Link } from 'wouter';
import { Empty } from '../frame/states.tsx';

export default function NotFound() {
  return (
    <Empty title="Cette page n’existe pas." isPage>
      <p>
        <Link href="/">Revenir à l’accueil</Link>
      </p>
    </Empty>
  );
}
