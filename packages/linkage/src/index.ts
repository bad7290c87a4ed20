export {
  type ExactLinkageSummary,
  exactLinkageSteps,
  LinkageInputError,
  linkExact,
} from './exact/link-exact.ts';
export {
  type ExactLinkageInput,
  type ExactLinkageOutput,
  type ExactLinkageSpec,
  LINK_RULES,
  LITIGE_REASONS,
  type LinkRule,
  type LitigeReason,
} from './exact/spec.ts';
export { areFirstNamesCompatible, compatibleFirstNamesSql } from './first-names.ts';
export { normalizedNameSql, normalizeName } from './normalize-name.ts';
export type { LinkageStep, LinkageStepListener, SqlRunner } from './runner.ts';
