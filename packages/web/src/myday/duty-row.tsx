import type { Duty } from '@raccroche/contract';
import { Link } from 'wouter';
import { useAct } from '../client/act.ts';
import { tell } from '../client/notices.ts';
import { listName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';
import { dutyAction, dutyWords } from './duties.ts';
import { Later } from './later.tsx';

/** Something to do: who, why it is here, one action, and « plus tard ». */
export function DutyRow({ duty }: { readonly duty: Duty }) {
  const act = useAct();
  const { caseId, version, age, minor } = duty.case;
  const { form, label } = dutyAction(duty);
  const confirm = () =>
    act({ route: 'reconfirm', caseId, body: { version }, done: 'Situation confirmée' }).catch(() =>
      tell({ tone: 'problem', text: 'Le dossier a changé entre-temps : ouvrez-le pour le relire.' }),
    );
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <Link href={caseLink(caseId)}>{listName(duty.case)}</Link>, {age} ans{' '}
          {minor && <span className="tag">mineur</span>}
        </p>
        <p className={duty.daysLeft < 0 ? 'duty-late' : 'quiet'}>{dutyWords(duty)}</p>
      </div>
      <div className="duty-actions">
        {duty.item === 'situation' ? (
          <button type="button" className="button" onClick={() => void confirm()}>
            Toujours vrai
          </button>
        ) : (
          <Link className="button" href={caseLink(caseId, form || undefined)}>
            {label}
          </Link>
        )}
        <Later duty={duty} />
      </div>
    </li>
  );
}
