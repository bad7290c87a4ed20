import { z } from 'zod';
import { LETTER_CODE, PLACED_SCHOOL_ANSWERS, SCHOOL_ANSWERS } from '../school-vocabulary.ts';
import { Versioned } from './act-shapes.ts';
import { CaseRow } from './case-shapes.ts';
import { CaseParams, route } from './route-definition.ts';

/**
 * What opens a link: 64 hexadecimal characters, or the code of a letter, of which the base keeps a hash. In the body, so that no log
 * has it.
 */
const Token = z.string().regex(new RegExp(`^[0-9a-f]{64}$|${LETTER_CODE.source}`));
const Answer = z.object({
  answer: z.enum(SCHOOL_ANSWERS),
  /** Where, in a few words or by the code of an establishment; only for answers that have a place. */
  place: z.string().trim().min(1).max(100).optional(),
});
const isPlaced = ({ answer, place }: z.infer<typeof Answer>) =>
  place === undefined || PLACED_SCHOOL_ANSWERS.includes(answer);
const PLACE = { path: ['place'] };

/** A former pupil about whom a school is asked by a link: what one needs to recognise them. */
const AskedPupil = z.object({
  questionId: z.uuid(),
  familyName: z.string(),
  firstNames: z.array(z.string()),
  lastTraining: z.string().nullable(),
  leftOn: z.iso.date().nullable(),
  /** First name of who asks, and their platform. */
  askedBy: z.string().nullable(),
  platform: z.string().nullable(),
});
export type AskedPupil = z.infer<typeof AskedPupil>;

const SchoolAnswerRow = z.object({
  questionId: z.uuid(),
  school: z.string(),
  schoolName: z.string(),
  answer: z.enum(SCHOOL_ANSWERS),
  place: z.string().nullable(),
  answeredAt: z.iso.datetime(),
  case: CaseRow,
});
export type SchoolAnswerRow = z.infer<typeof SchoolAnswerRow>;

const CaseQuestion = z.object({
  questionId: z.uuid(),
  /** Null: the school said it of its own accord. */
  askedBy: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  /** `waiting`: leaves with the next message; `sent`: has left; `withdrawn`: taken back, or of no use any more. */
  state: z.enum(['waiting', 'sent', 'answered', 'withdrawn']),
  answer: z.enum(SCHOOL_ANSWERS).nullable(),
  place: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** Somebody of the platform has taken note of the answer. */
  seen: z.boolean(),
});
export type CaseQuestion = z.infer<typeof CaseQuestion>;

const SchoolLetter = z.object({
  /** What opens the questions, as `LETTER_CODE` says; shown once. */
  secret: z.string(),
  school: z.string(),
  uai: z.string(),
  platform: z.string(),
  questions: z.number().int(),
  /** Last day on which the code answers. */
  lastDay: z.iso.date(),
});
export type SchoolLetter = z.infer<typeof SchoolLetter>;

const SchoolPupil = z.object({
  caseId: z.uuid(),
  lastTraining: z.string().nullable(),
  leftOn: z.iso.date().nullable(),
  platform: z.string().nullable(),
  /** The question that waits for an answer, if one does. */
  askedAt: z.iso.datetime().nullable(),
  askedBy: z.string().nullable(),
  /** What the school said last. */
  answer: z.enum(SCHOOL_ANSWERS).nullable(),
  place: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** The platform has not made sure yet: the school may still say. */
  mayAnswer: z.boolean(),
});
export type SchoolPupil = z.infer<typeof SchoolPupil>;

/** Questions to a school about its former pupils, and its answers: by a link without an account, or as its head. */
export const SCHOOL_ROUTES = {
  askSchool: route({
    method: 'POST',
    path: '/api/cases/{caseId}/school-question',
    summary:
      'Demande à l’établissement d’origine ce que la personne est devenue ; le message part une fois par jour.',
    access: 'case.act',
    params: CaseParams,
    /** `letter`: nobody can write to this school by e-mail: the question waits for a letter to be printed. */
    body: Versioned.extend({ letter: z.boolean().default(false) }),
    response: CaseRow,
    errors: ['not_found', 'conflict', 'not_possible'],
  }),
  schoolLetter: route({
    method: 'POST',
    path: '/api/cases/{caseId}/school-letter',
    summary:
      'Une lettre à imprimer pour un établissement sans adresse électronique : le code qui ouvre les questions de la plateforme, sans aucun nom.',
    access: 'case.act',
    showsSecret: true,
    params: CaseParams,
    response: SchoolLetter,
    errors: ['not_found', 'not_possible'],
  }),
  caseSchool: route({
    method: 'GET',
    path: '/api/cases/{caseId}/school',
    summary: 'L’établissement d’origine, comment lui demander, et ce qui lui a été demandé.',
    access: 'case.read',
    params: CaseParams,
    response: z.object({
      /** Null when the list names none. */
      school: z
        .object({ uai: z.string(), name: z.string(), hasEmail: z.boolean(), hasHead: z.boolean() })
        .nullable(),
      /** The latest first. */
      questions: z.array(CaseQuestion),
    }),
    errors: ['not_found'],
  }),
  schoolAnswers: route({
    method: 'GET',
    path: '/api/school-answers',
    summary: 'Les réponses d’établissements qui attendent que quelqu’un de la plateforme décide.',
    access: 'case.read',
    query: z.object({ platform: z.uuid() }),
    response: z.object({ answers: z.array(SchoolAnswerRow) }),
  }),
  seeSchoolAnswer: route({
    method: 'POST',
    path: '/api/school-answers/seen',
    summary: 'Marque une réponse comme vue, sans rien décider.',
    access: 'case.act',
    body: z.object({ questionId: z.uuid() }),
    response: z.object({ seen: z.boolean() }),
  }),
  openSchoolLink: route({
    method: 'POST',
    path: '/api/school-link',
    summary:
      'Ce qu’un lien reçu par un établissement demande ; rien d’un lien échu, inconnu, ou auquel tout est répondu.',
    access: 'public',
    body: z.object({ token: Token }),
    response: z.object({
      school: z.string().nullable(),
      expiresAt: z.iso.datetime().nullable(),
      pupils: z.array(AskedPupil),
    }),
  }),
  answerSchoolLink: route({
    method: 'POST',
    path: '/api/school-link/answers',
    summary: 'Répond, par le lien, à propos d’un ancien élève.',
    access: 'public',
    body: Answer.extend({ token: Token, questionId: z.uuid() }).refine(isPlaced, PLACE),
    response: z.object({ remaining: z.number().int() }),
    errors: ['not_possible'],
  }),
  schoolPupils: route({
    method: 'GET',
    path: '/api/school/pupils',
    summary: 'Ce que la plateforme demande de mes anciens élèves, et ce que l’établissement en a dit.',
    access: 'pupil.read',
    response: z.object({ pupils: z.array(SchoolPupil) }),
  }),
  answerAsHead: route({
    method: 'POST',
    path: '/api/school/answers',
    summary: 'Dit ce qu’est devenu un ancien élève de mon établissement, qu’on l’ait demandé ou non.',
    access: 'pupil.answer',
    body: Answer.extend({ caseId: z.uuid() }).refine(isPlaced, PLACE),
    response: z.object({ answered: z.literal(true) }),
    errors: ['not_possible'],
  }),
  communes: route({
    method: 'GET',
    path: '/api/communes',
    summary:
      'Les communes dont le nom commence ainsi, ou qui ont ce code postal : pour dire où quelqu’un habite.',
    access: 'case.signal',
    query: z.object({ q: z.string().trim().min(2).max(60) }),
    response: z.object({
      communes: z.array(z.object({ code: z.string(), name: z.string(), postalCode: z.string().nullable() })),
    }),
  }),
  schoolContacts: route({
    method: 'GET',
    path: '/api/school/contacts',
    summary: 'L’adresse à laquelle les plateformes écrivent à mon établissement.',
    access: 'school.contact',
    response: z.object({
      schools: z.array(z.object({ uai: z.string(), name: z.string(), email: z.string().nullable() })),
    }),
  }),
  setSchoolContact: route({
    method: 'POST',
    path: '/api/school/contacts',
    summary: 'Donne ou retire l’adresse électronique d’un établissement.',
    access: 'school.contact',
    body: z.object({
      uai: z.string().regex(/^\d{7}[A-Z]$/),
      email: z.email().max(200).toLowerCase().nullable(),
    }),
    response: z.object({ set: z.literal(true) }),
    errors: ['not_allowed'],
  }),
} as const;
