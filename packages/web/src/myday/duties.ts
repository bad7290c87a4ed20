import { type Duty, LegalClockTerms } from '@raccroche/contract';
import { today } from '../client/clock.ts';
import { hour, longDate, shortDate, since } from '../words/dates.ts';

function referralWords({ referral, dueOn }: Duty): string {
  const structure = referral?.structure ?? 'la structure';
  switch (referral?.answer) {
    case 'takes':
      return `${structure} prend : demander à la personne`;
    case 'waiting_list':
      return `${structure} : liste d’attente, demander à la personne`;
    case 'refuses':
      return `${structure} a répondu non : proposer autre chose`;
    case 'call_again':
      return `Recontacter ${structure} depuis le ${shortDate(dueOn)}`;
    default:
      return `${structure} n’a pas répondu depuis une semaine`;
  }
}

/** Why something is in the day, in words. */
export function dutyWords(duty: Duty): string {
  const { item, dueOn, daysLeft, at } = duty;
  switch (item) {
    case 'referral':
      return referralWords(duty);
    case 'call_back':
      return at === null ? 'À rappeler' : `À rappeler ${longDate(at, today())} à ${hour(at)}`;
    case 'appointment':
      return at === null ? 'Entretien' : `Entretien ${longDate(at, today())} à ${hour(at)}`;
    case 'situation':
      return daysLeft < 0
        ? `Situation inconnue depuis le ${shortDate(dueOn)}`
        : `Situation à confirmer avant le ${shortDate(dueOn)}`;
    default:
      return daysLeft < 0
        ? `${LegalClockTerms[item].label} : échéance passée depuis le ${shortDate(dueOn)}`
        : `${LegalClockTerms[item].label} avant le ${shortDate(dueOn)} (${since(dueOn, today())})`;
  }
}

/** The form that does it, and the words of its button. */
export function dutyAction({ item, case: one }: Duty): { readonly form: string; readonly label: string } {
  switch (item) {
    case 'call_back':
      return { form: 'Noter une tentative', label: 'Appeler et noter' };
    case 'appointment':
      return { form: 'Noter l’entretien', label: 'Noter l’entretien' };
    case 'situation':
      return { form: '', label: 'Relire et confirmer' };
    case 'referral':
      return { form: '', label: 'Voir la proposition' };
    case 'department_report':
      return { form: 'Clore', label: 'Décider' };
    default:
      return one.interviewAt === null
        ? { form: 'Fixer un entretien', label: 'Fixer l’entretien' }
        : { form: 'Noter l’entretien', label: 'Noter l’entretien' };
  }
}
