/** What `campaign run --json` prints, and what the text version tells. */
export interface CampaignResult {
  readonly campaign: string;
  readonly asOf: string;
  readonly ruleSet: string;
  readonly listed: number;
  readonly persons: number;
  readonly records: number;
  readonly rows: number;
  readonly rejects: number;
  readonly removedUnder16: number;
  /** Deaths that INSEE tells of people of the ages of the campaign, and of all others. */
  readonly deaths: number;
  readonly outOfScope: number;
  /** Persons who died according to INSEE; persons of whom somebody must decide whether they did. */
  readonly deceased: number;
  readonly deathsToCheck: number;
  readonly files: number;
  readonly rejectedFiles: number;
  /** Files that were not read again: their rows are those of the previous campaign. Not told of a campaign that is only shown. */
  readonly carried?: number;
  readonly litiges: number;
  /** Links that rest on resemblance; null when resemblances could not be estimated, and are only asked about. */
  readonly lookAlikes: number | null;
  /** Whether only pairs with a side that changed were compared, the others being the previous campaign's. Told as `carried` is. */
  readonly comparisonsCarried?: boolean;
  /** Decisions of people given and those that hold; null without a file of decisions. */
  readonly decisions: { readonly given: number; readonly applied: number } | null;
  readonly toFollow: number;
  readonly departments: Readonly<Record<string, number>>;
  /** Required sources that no file gave. */
  readonly missing: readonly string[];
  /** True when a required source is missing and the operator did not allow it: no list was written. */
  readonly withheld: boolean;
  readonly out: string;
}
