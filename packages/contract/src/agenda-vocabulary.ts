/** Words of appointments: where one stands, who is invited, what stands in its way. With their French labels. */

export const APPOINTMENT_STATES = ['planned', 'confirmed', 'held', 'missed'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];
export const AppointmentStateLabels = {
  planned: 'prévu',
  confirmed: 'confirmé',
  held: 'a eu lieu',
  missed: 'n’est pas venu',
} as const satisfies Record<AppointmentState, string>;

export const INVITED = ['person', 'representative'] as const;
export type Invited = (typeof INVITED)[number];
export const InvitedLabels = {
  person: 'le ou la jeune',
  representative: 'le représentant légal',
} as const satisfies Record<Invited, string>;

/** Who calls an appointment off. */
export const CANCELLED_BY = ['person', 'platform'] as const;
export const CancelledByLabels = {
  person: 'à la demande de la personne',
  platform: 'par la plateforme',
} as const satisfies Record<(typeof CANCELLED_BY)[number], string>;

/** Told before an appointment is set, and never a refusal: whoever sets it knows better. */
export const APPOINTMENT_CONFLICTS = ['double_booking', 'weekend', 'holiday', 'outside_hours'] as const;
export type AppointmentConflict = (typeof APPOINTMENT_CONFLICTS)[number];
export const AppointmentConflictLabels = {
  double_booking: 'la personne qui reçoit a déjà un rendez-vous à cette heure',
  weekend: 'c’est un jour de week-end',
  holiday: 'c’est un jour férié',
  outside_hours: 'c’est en dehors des heures où cette personne reçoit',
} as const satisfies Record<AppointmentConflict, string>;

export const APPOINTMENT_MINUTES = { shortest: 15, usual: 45, longest: 240 } as const;
/** Longest stretch of an agenda that may be asked at once. */
export const AGENDA_DAYS_MAX = 42;
