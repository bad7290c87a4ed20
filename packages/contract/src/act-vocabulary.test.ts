import { expect, test } from 'vitest';
import { noteConcerns } from './act-vocabulary.ts';

test.each([
  ['Rappeler le matin, avant 10 h.', []],
  ['Préfère un SMS ; permis en cours.', []],
  ['Sa mère est MALADE', ['santé']],
  ['Dépression, suivi psychiatrique', ['santé']],
  ['placé en famille d’accueil', ['famille']],
  ['passe devant le juge en mars', ['justice']],
  ['famille musulmane, sans-papiers', ['origine ou religion']],
])('« %s »', (text, concerns) => {
  expect(noteConcerns(text)).toEqual(concerns);
});
