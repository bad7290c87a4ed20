export * from './decision-vocabulary.ts';
export * from './departments.ts';
export * from './identifiers.ts';
export * from './intake-issues.ts';
export * from './person-vocabulary.ts';
export * from './source-vocabulary.ts';
