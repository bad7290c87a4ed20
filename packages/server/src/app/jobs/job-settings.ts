import type { Clock } from '../../kernel/clock.ts';
import type { Terms } from '../../kernel/retention.ts';
import type { TellSettings } from '../../modules/partners/index.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import type { CampaignFolders } from '../campaigns/folders.ts';
import type { Sealing } from '../operations/sealing.ts';

/** How the systems of partners are told; none: they are not, and what is to be told waits. */
export type TellHow = Pick<TellSettings, 'serviceKey' | 'reach' | 'post'>;

/** What the jobs need of the place where they are done. */
export interface JobSettings {
  readonly clock: Clock;
  readonly terms: Terms;
  /** None: the job that seals the trail fails, and says why. */
  readonly sealing?: Sealing | undefined;
  /** When questions to schools leave: once a day by default, or as soon as they are asked. */
  readonly schools?: 'daily' | 'at_once' | undefined;
  /** How the systems of partners are told; none: they are not, and what is to be told waits. */
  readonly tell?: TellHow | undefined;
  /** None: campaigns are not run from here. */
  readonly campaigns?: CampaignFolders | undefined;
  /** Told when the worker is about to stop. */
  readonly closing?: AbortSignal | undefined;
  /** None: nothing is traced. */
  readonly tracing?: Tracing | undefined;
}
