import { expect, test } from 'vitest';
import { type SchoolAsking, schoolQuestion, schoolReminder } from './school.ts';

const ONE: SchoolAsking = {
  school: 'Lycée des Terrils',
  platforms: ['Plateforme de Lens'],
  questions: 3,
  link: 'https://raccroche.exemple.fr/x',
  lastDay: '2026-12-17',
};

test.each([
  ['the question', schoolQuestion],
  ['the reminder', schoolReminder],
] as const)('%s says who asks, why, until when, and holds one link', (_, template) => {
  const { subject, body } = template(ONE);
  expect(subject).toContain('3 anciens élèves');
  expect(body).toContain('la plateforme de Lens'.slice(3));
  expect(body).toContain('Lycée des Terrils');
  expect(body).toContain('jeudi 17\u00A0décembre 2026');
  expect(body).toContain('L.313-7');
  expect(body.split(ONE.link)).toHaveLength(2);
});

test('one pupil and several platforms are told as French tells them', () => {
  const { subject, body } = schoolQuestion({
    ...ONE,
    questions: 1,
    platforms: ['Plateforme de Lens', 'Béthune'],
  });
  expect(subject).toContain('un ancien élève');
  expect(body).toContain(
    'La plateforme de Lens et la plateforme Béthune cherchent à savoir ce qu’est devenu un ancien élève',
  );
});

test('nobody is told to be late', () => {
  for (const text of [schoolQuestion(ONE), schoolReminder(ONE)])
    expect(`${text.subject} ${text.body}`).not.toMatch(/retard|oubli|obligat|toujours pas/i);
});
