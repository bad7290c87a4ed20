import { eligibilityVersion } from '../../eligibility/index.ts';
import { linkageVersion } from '../../linkage/index.ts';
import { readingVersion } from '../../sources/index.ts';
import { listingVersion } from '../listing-version.ts';
import { numberingVersion } from '../registry/numbering-version.ts';

/** By stage of a campaign, which program makes it: SHA-256 of its texts. Under another one nothing of that stage is taken over. */
export const PROGRAM_VERSIONS = {
  reading: readingVersion,
  linkage: linkageVersion,
  eligibility: eligibilityVersion,
  numbering: numberingVersion,
  listing: listingVersion,
} as const satisfies Record<string, () => string>;

export type ProgramPart = keyof typeof PROGRAM_VERSIONS;

/** The programs that run now, as a manifest tells them. */
export function programVersions(): Record<ProgramPart, string> {
  const told = Object.entries(PROGRAM_VERSIONS).map(([part, version]) => [part, version()]);
  return Object.fromEntries(told) as Record<ProgramPart, string>;
}
