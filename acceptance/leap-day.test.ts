import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RuleSetId, readExpectedPersons } from './expectations.ts';
import { discard, type PublishedCampaign, runCampaign } from './run-campaign.ts';

/**
 * Born on 29 February: a year older on 1 March of common years (rules.md §1).
 * The same deliveries, judged on the two days around it; only the person named is looked at.
 */
const CASES: readonly { label: string; ruleSet: RuleSetId; asOf: string; listedAge: number | undefined }[] = [
  { label: 'P08', ruleSet: 'siei-2011', asOf: '2026-02-28', listedAge: 25 },
  { label: 'P08', ruleSet: 'siei-2011', asOf: '2026-03-01', listedAge: undefined },
  { label: 'P07', ruleSet: 'obligation-16-18', asOf: '2026-02-28', listedAge: 17 },
  { label: 'P07', ruleSet: 'obligation-16-18', asOf: '2026-03-01', listedAge: undefined },
];

describe.each(CASES)('$label under $ruleSet on $asOf', ({ label, ruleSet, asOf, listedAge }) => {
  let campaign: PublishedCampaign;
  beforeAll(async () => {
    campaign = await runCampaign(ruleSet, asOf);
  });
  afterAll(() => discard(campaign));

  it(listedAge === undefined ? 'is too old from that day' : `is still ${listedAge}`, () => {
    const rows = readExpectedPersons().find((person) => person.label === label)?.rows ?? [];
    expect(rows).not.toEqual([]);
    const entry = campaign.entries.find((published) =>
      published.rows.some((row) => rows.includes(row)),
    )?.entry;
    expect(entry?.age).toBe(listedAge);
  });
});
