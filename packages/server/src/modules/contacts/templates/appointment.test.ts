import { describe, expect, test } from 'vitest';
import {
  type Appointment,
  appointmentCancelled,
  appointmentInvitation,
  appointmentMoved,
  appointmentReminder,
} from './appointment.ts';
import { dayWords, momentWords } from './french-dates.ts';

const SENDER = { platform: 'Plateforme de Lens', person: 'Nadia', answerTo: '03 21 00 00 00' };
const ONE: Appointment = {
  firstName: 'Awa',
  at: '2026-12-01T13:05:00.000Z',
  place: '12 rue des Mines, Lens',
  host: 'Nadia',
  bring: 'une pièce d’identité',
  withRepresentative: false,
  link: 'https://raccroche.exemple.fr/r/abc',
};
const TEMPLATES = [
  appointmentInvitation,
  appointmentMoved,
  appointmentCancelled,
  appointmentReminder,
] as const;

describe('what is written about an appointment', () => {
  test.each(TEMPLATES.map((template) => [template.name, template] as const))(
    '%s says when, who writes and how to answer',
    (_, template) => {
      for (const channel of ['email', 'letter', 'sms'] as const) {
        const { body } = template(ONE, SENDER, channel);
        expect(body).toContain('Bonjour Awa');
        expect(body.replaceAll('\u00A0', ' ')).toContain('mardi 1er décembre à 14 h 05');
        expect(body).toContain('Plateforme de Lens');
        expect(body).toContain('03 21 00 00 00');
        // Nothing that blames or threatens, whatever the message.
        expect(body).not.toMatch(/décrocheu|obligat|sanction|absence|avertissement|relance|dossier/i);
      }
    },
  );

  test.each(TEMPLATES.map((template) => [template.name, template] as const))(
    '%s in full says why and with which rights, and has a subject',
    (_, template) => {
      const { subject, body } = template(ONE, SENDER, 'letter');
      expect(subject).not.toBe('');
      expect(body).toMatch(/L\.313-7[\s\S]*le faire corriger[\s\S]*délégué à la protection des données/);
    },
  );

  test('an SMS has no subject and fits in two parts', () => {
    for (const template of TEMPLATES) {
      const { subject, body } = template(ONE, SENDER, 'sms');
      expect(subject).toBe('');
      expect(body).not.toMatch(/[’\u00A0]/);
      expect(body.length).toBeLessThanOrEqual(2 * 153);
    }
  });

  test('a legal representative is asked to come with whom is under 18, and nobody else', () => {
    const said = (withRepresentative: boolean) =>
      appointmentInvitation({ ...ONE, withRepresentative }, SENDER, 'email').body;
    expect(said(true)).toContain('votre père, votre mère ou la personne responsable de vous');
    expect(said(false)).not.toContain('votre mère');
  });

  test('what is not known is not written', () => {
    const { body } = appointmentInvitation(
      { ...ONE, bring: undefined, link: undefined },
      { platform: 'Plateforme de Lens' },
      'email',
    );
    expect(body).not.toMatch(/undefined|apporter|http/);
    expect(body).toContain('dites-le-nous : nous en trouverons un autre');
  });
});

test('moments are those of mainland France, whatever the machine’s place', () => {
  expect(momentWords('2026-06-30T22:30:00.000Z')).toBe('mercredi 1er\u00A0juillet à 0\u00A0h\u00A030');
  expect(dayWords('2026-12-01')).toBe('mardi 1er\u00A0décembre 2026');
});
