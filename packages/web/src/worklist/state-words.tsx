import {
  CaseOutcomeLabels,
  type CaseRow,
  ContactLabels,
  ObligationLabels,
  PathwayLabels,
  RefutationLabels,
  VerificationLabels,
} from '@raccroche/contract';
import { capital } from '../words/texts.ts';

/** The situation of a case in words; the tone only helps the eye. */
export interface Told {
  readonly axis: string;
  readonly words: string;
  readonly tone: 'todo' | 'doing' | 'done' | 'none';
}

type Axes = Pick<
  CaseRow,
  'verification' | 'verificationReason' | 'contact' | 'pathway' | 'outcome' | 'obligation' | 'minor'
>;

const CONTACT_TONES = {
  to_contact: 'todo',
  attempted: 'doing',
  reached: 'done',
  wrong_details: 'doing',
  unreachable: 'none',
  refuses: 'none',
} as const satisfies Record<CaseRow['contact'], Told['tone']>;

function pathwayTone(pathway: CaseRow['pathway']): Told['tone'] {
  if (pathway === 'not_started') return 'none';
  return pathway === 'entered' || pathway === 'holding' ? 'done' : 'doing';
}

/** Where somebody stands, axis by axis. The obligation is told of minors alone. */
export function tellAxes(one: Axes): Told[] {
  const reason = one.verificationReason === null ? '' : ` : ${RefutationLabels[one.verificationReason]}`;
  const outcome = one.outcome === null ? '' : ` : ${CaseOutcomeLabels[one.outcome]}`;
  const told: Told[] = [
    {
      axis: 'Vérification',
      words: capital(VerificationLabels[one.verification]) + reason,
      tone: one.verification === 'to_verify' ? 'todo' : one.verification === 'confirmed' ? 'done' : 'none',
    },
    { axis: 'Contact', words: capital(ContactLabels[one.contact]), tone: CONTACT_TONES[one.contact] },
    {
      axis: 'Parcours',
      words: capital(PathwayLabels[one.pathway]) + outcome,
      tone: pathwayTone(one.pathway),
    },
  ];
  if (one.minor && one.obligation !== null)
    told.push({
      axis: 'Obligation 16-18 ans',
      words: capital(ObligationLabels[one.obligation]),
      tone: one.obligation === 'not_met' ? 'todo' : 'doing',
    });
  return told;
}

export function StateWord({ told }: { readonly told: Told }) {
  return <span className={`word word-${told.tone}`}>{told.words}</span>;
}
