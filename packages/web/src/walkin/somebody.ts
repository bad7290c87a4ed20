/** Who is at the desk: kept in this page alone, never in its address. */
export interface Somebody {
  readonly familyName: string;
  readonly firstName: string;
  readonly birthDate: string;
}
