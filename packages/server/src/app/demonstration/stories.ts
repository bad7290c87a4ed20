/**
 * One act: who, by which route of the API, with what. `referent`: by name; `inDays`: an instant that many days later; `answersHere`:
 * to the structure of the platform that has somebody here.
 */
export type StoryStep = readonly [
  who: string,
  route:
    | 'verify'
    | 'assign'
    | 'recordAttempt'
    | 'setInterview'
    | 'reportInterview'
    | 'movePathway'
    | 'setCallBack'
    | 'addNote'
    | 'propose'
    | 'notePersonAnswer'
    | 'answerReferral'
    | 'askSchool',
  body: {
    readonly referent?: string;
    readonly inDays?: number;
    readonly answersHere?: true;
    readonly [field: string]: unknown;
  },
];

/** What happened to one case, up to so many days ago. */
export interface Story {
  readonly daysAgo: number;
  readonly steps: readonly StoryStep[];
}

const confirmed = (who: string): StoryStep => [who, 'verify', { decision: 'confirm' }];
const refuted = (who: string, reason: string): StoryStep => [who, 'verify', { decision: 'refute', reason }];
const given = (leader: string, referent: string): StoryStep => [leader, 'assign', { referent }];
const called = (who: string, outcome: string): StoryStep => [
  who,
  'recordAttempt',
  { channel: 'phone', outcome },
];
const interview = (who: string, inDays: number): StoryStep => [
  who,
  'setInterview',
  { inDays, mode: 'on_site' },
];
const callBack = (who: string, inDays: number): StoryStep => [who, 'setCallBack', { inDays }];
const held = (who: string): StoryStep => [
  who,
  'reportInterview',
  {
    held: true,
    mode: 'on_site',
    diagnosis: { situation: 'looking_for_training', wishes: ['apprenticeship'], obstacles: ['transport'] },
  },
];
const moved = (who: string, to: string): StoryStep => [who, 'movePathway', { to }];
const proposed = (who: string, solution: string, structure?: string): StoryStep => [
  who,
  'propose',
  structure === undefined ? { solution, answersHere: true } : { solution, structure },
];

/** Followed by this person, given by this leader: verified, given, reached. */
const followed = (who: string, leader: string): StoryStep[] => [
  confirmed(who),
  given(leader, who),
  called(who, 'reached'),
];

/** A few of each thing that a platform meets; nobody unreachable nor refusing, so that these views may be seen empty.
 * `structure`: the one that is proposed to by its name, when none answers here. */
function storiesOf(who: string, leader: string, structure?: string): Story[] {
  return [
    { daysAgo: 4, steps: [...followed(who, leader), interview(who, 4)] },
    { daysAgo: 3, steps: [confirmed(who), given(leader, who), called(who, 'no_answer'), callBack(who, 3)] },
    {
      daysAgo: 12,
      steps: [...followed(who, leader), held(who), proposed(who, 'apprenticeship', structure)],
    },
    { daysAgo: 40, steps: [confirmed(who), given(leader, who), called(who, 'message_left')] },
    { daysAgo: 6, steps: [refuted(who, 'enrolled_elsewhere')] },
    {
      daysAgo: 9,
      steps: [
        ...followed(who, leader),
        held(who),
        proposed(who, 'vocational_training', 'Centre de formation inventé'),
        moved(who, 'diagnosis'),
      ],
    },
  ];
}

export const LENS_STORIES: readonly Story[] = [
  ...storiesOf('Nadia', 'Fatou'),
  {
    daysAgo: 20,
    steps: [
      ...followed('Nadia', 'Fatou'),
      held('Nadia'),
      proposed('Nadia', 'vocational_training'),
      ['Olga', 'answerReferral', { answer: 'takes' }],
      ['Nadia', 'notePersonAnswer', { answer: 'accepts' }],
      moved('Nadia', 'entered'),
    ],
  },
  { daysAgo: 5, steps: [refuted('Nadia', 'graduated')] },
  { daysAgo: 3, steps: [refuted('Fatou', 'moved')] },
  { daysAgo: 70, steps: [confirmed('Nadia'), given('Fatou', 'Nadia'), called('Nadia', 'reached')] },
  {
    daysAgo: 2,
    steps: [
      ...followed('Fatou', 'Fatou'),
      ['Fatou', 'addNote', { text: 'Préfère être appelée le matin, avant neuf heures.' }],
    ],
  },
  // What waits for the association, and for the platform once it has answered.
  {
    daysAgo: 1,
    steps: [...followed('Nadia', 'Fatou'), held('Nadia'), proposed('Nadia', 'second_chance_school')],
  },
  {
    daysAgo: 3,
    steps: [
      ...followed('Nadia', 'Fatou'),
      held('Nadia'),
      proposed('Nadia', 'civic_service'),
      ['Olga', 'answerReferral', { answer: 'takes' }],
    ],
  },
];

export const LILLE_STORIES: readonly Story[] = [
  ...storiesOf('Léa', 'Marc', 'CFA inventé'),
  { daysAgo: 65, steps: [confirmed('Léa'), given('Marc', 'Léa'), called('Léa', 'reached')] },
];

/** Asked of the school of its head, by somebody who follows those who live there. */
export const SCHOOL_STORY: Story = { daysAgo: 2, steps: [['Léa', 'askSchool', {}]] };
