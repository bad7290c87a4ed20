import {
  Information,
  InterviewCancellation,
  InterviewReport,
  NewCallBack,
  NewClosing,
  NewContactMark,
  NewInterview,
  NewNote,
  NewObligation,
  PathwayStep,
  RepresentativeAnswer,
  ReturnRequest,
  Versioned,
} from './act-shapes.ts';
import { CASE_ACT } from './case-act.ts';
import { route } from './route-definition.ts';

/** The acts of a caseworker on one case; each may be undone by who did it. */
export const ACT_ROUTES = {
  setInterview: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/interviews',
    summary: 'Fixe un entretien, ou le déplace.',
    body: NewInterview,
  }),
  confirmInterview: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/interviews/confirmation',
    summary: 'Note que la personne a confirmé qu’elle viendra.',
    body: Versioned,
  }),
  cancelInterview: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/interviews/cancellation',
    summary: 'Annule l’entretien fixé.',
    body: InterviewCancellation,
  }),
  reportInterview: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/interviews/report',
    summary: 'Dit si l’entretien a eu lieu, qui était là, et le diagnostic en codes.',
    body: InterviewReport,
  }),
  setCallBack: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/call-back',
    summary: 'Note un rappel à faire, ou l’efface.',
    body: NewCallBack,
  }),
  movePathway: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/pathway',
    summary: 'Propose une solution, la dit acceptée, entrée, tenue ou interrompue.',
    body: PathwayStep,
  }),
  closeCase: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/closing',
    summary: 'Clôt le dossier. Pour une transmission au département, une seconde personne confirme.',
    body: NewClosing,
  }),
  declineClosing: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/closing/decline',
    summary: 'Refuse la transmission au département qu’une autre personne demande.',
    body: Versioned,
  }),
  reopenCase: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/reopening',
    summary: 'Rouvre un dossier clos.',
    body: Versioned,
  }),
  setObligation: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/obligation',
    summary: 'Dit où en est l’obligation de formation des 16-17 ans.',
    body: NewObligation,
  }),
  addNote: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/notes',
    summary: 'Ajoute une note courte, effacée tôt.',
    body: NewNote,
  }),
  markContact: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/contacts',
    summary: 'Ajoute un moyen de joindre la personne ou son représentant, ou dit ce qu’il vaut.',
    body: NewContactMark,
  }),
  answerOfRepresentative: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/representatives',
    summary: 'Dit si un représentant légal refuse d’être contacté.',
    body: RepresentativeAnswer,
  }),
  askReturn: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/return-request',
    summary: 'Note une demande de retour en formation.',
    body: ReturnRequest,
  }),
  informPerson: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/information',
    summary: 'Note que la personne sait ce qui est gardé d’elle, pourquoi, et quels sont ses droits.',
    body: Information,
  }),
  reconfirm: route({
    ...CASE_ACT,
    path: '/api/cases/{caseId}/confirmation',
    summary: 'Confirme que ce que l’on sait de la situation est encore vrai.',
    body: Versioned,
  }),
} as const;
