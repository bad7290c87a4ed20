import type { Step } from '../../../platform/duckdb/step.ts';
import { NEEDS_OTHER_FILES } from '../../sources/index.ts';
import {
  activeContractSql,
  activeSpellSql,
  exclusiveSpellSql,
  type LinkagePeriod,
  READ_OF_RECORD,
} from '../input.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/**
 * `linkage.record_marks`: of each record of a file whose rows bear names of other files, 64 bits of the MD5 of all that is read
 * of it here. Every other record is what its delivery says, and has none.
 */
export function recordMarksStep(before?: PreviousLinkage): Step {
  const { records = 'sources.records' } = before?.unsure ?? {};
  // Whatever is not among those bears the mark of then.
  const others =
    before?.unsure === undefined
      ? ''
      : ` UNION ALL SELECT record_id, mark FROM ${before.tables.record_marks} ANTI JOIN ${before.unsure.before} looked_at USING (record_id)`;
  const told = READ_OF_RECORD.map((column) => {
    const text = `r.${column}::VARCHAR`;
    return `coalesce(length(${text}) || ':' || ${text}, '-')`;
  });
  return {
    name: 'linkage_record_marks',
    reads: ['sources.files', 'sources.records'],
    writes: ['linkage.record_marks'],
    sql: `CREATE OR REPLACE TABLE linkage.record_marks AS
      SELECT r.record_id, md5_number_lower(concat_ws('#', concat_ws('|', ${told.join(', ')}),
        nullif(concat_ws('|', 'ina:' || r.ina, r.ine_type || ':' || r.ine), ''))) AS mark
      FROM ${records} r WHERE file_no IN (SELECT file_no FROM sources.files WHERE kind = '${NEEDS_OTHER_FILES}')${others}`,
  };
}

/**
 * `linkage.changed_records`: records of which linkage reads something that the earlier campaign did not have;
 * `linkage.gone_records`: those of the earlier campaign that are no more, or not as they were, with their person of then. At
 * another date that may also be what is recent, or where somebody is a pupil now.
 */
export function changedRecordSteps(period: LinkagePeriod, before: PreviousLinkage): readonly Step[] {
  const { period: then } = before;
  const sameDay = then.asOf === period.asOf && then.windowStart === period.windowStart;
  return [
    recordMarksStep(before),
    sameDeliveriesStep(before, sameDay),
    changedRecordsStep(before),
    ...(sameDay ? [] : [turnedRecordsStep(period, before)]),
  ];
}

/**
 * A delivery that both read gives the same records under the same ids; at another date one of which somebody may have come of age is
 * looked at.
 */
function sameDeliveriesStep({ files }: PreviousLinkage, sameDay: boolean): Step {
  const read = (from: string) =>
    `SELECT file_no FROM ${from} WHERE NOT rejected AND kind <> '${NEEDS_OTHER_FILES}'${sameDay ? '' : ' AND NOT dated'}`;
  return {
    name: 'linkage_same_deliveries',
    reads: ['sources.files'],
    writes: ['linkage.same_deliveries'],
    sql: `CREATE OR REPLACE TABLE linkage.same_deliveries AS ${read('sources.files')} INTERSECT ${read(files)}`,
  };
}

/** A record of another delivery that kept the id of one of then says what that one said, and did not change. */
function changedRecordsStep({ tables, records, unsure }: PreviousLinkage): Step {
  const ofOthers = (from: string) => `(FROM ${from} every ANTI JOIN linkage.same_deliveries USING (file_no))`;
  const now = unsure?.records ?? ofOthers('sources.records');
  const then = unsure?.before ?? ofOthers(records);
  const same = 'n.record_id = b.record_id AND n.mark IS NOT DISTINCT FROM b.mark';
  return {
    name: 'linkage_changed_records',
    reads: ['sources.records', 'linkage.same_deliveries', 'linkage.record_marks'],
    writes: [
      'linkage.unsure_records',
      'linkage.unsure_before',
      'linkage.changed_records',
      'linkage.gone_records',
    ],
    // Few are left to look for among everybody's memberships.
    sql: `CREATE OR REPLACE TABLE linkage.unsure_records AS
      SELECT r.record_id, m.mark FROM ${now} r LEFT JOIN linkage.record_marks m USING (record_id);
      CREATE OR REPLACE TABLE linkage.unsure_before AS
      SELECT t.record_id, m.mark FROM ${then} t LEFT JOIN ${tables.record_marks} m USING (record_id);
      CREATE OR REPLACE TABLE linkage.changed_records AS
      SELECT n.record_id FROM linkage.unsure_records n ANTI JOIN linkage.unsure_before b ON ${same};
      CREATE OR REPLACE TABLE linkage.gone_records AS
      WITH gone AS MATERIALIZED (SELECT b.record_id FROM linkage.unsure_before b ANTI JOIN linkage.unsure_records n ON ${same})
      SELECT record_id, person_id FROM ${tables.memberships} SEMI JOIN gone USING (record_id)`,
  };
}

/** Of the records that both have, those that the two dates see otherwise. */
function turnedRecordsStep(now: LinkagePeriod, { period: then, tables }: PreviousLinkage): Step {
  const differs = (sql: (period: LinkagePeriod) => string) => `(${sql(now)}) IS DISTINCT FROM (${sql(then)})`;
  return {
    name: 'linkage_turned_records',
    reads: ['sources.spells', 'sources.contracts', 'linkage.changed_records', 'linkage.gone_records'],
    writes: ['linkage.turned_records', 'linkage.changed_records', 'linkage.gone_records'],
    sql: `CREATE OR REPLACE TABLE linkage.turned_records AS
      SELECT record_id FROM (
        SELECT record_id FROM sources.spells WHERE ${differs(activeSpellSql)} OR ${differs(exclusiveSpellSql)}
        UNION SELECT record_id FROM sources.contracts WHERE ${differs(activeContractSql)})
      ANTI JOIN linkage.changed_records USING (record_id);
      INSERT INTO linkage.changed_records FROM linkage.turned_records;
      INSERT INTO linkage.gone_records BY NAME
      SELECT record_id, person_id FROM ${tables.memberships} SEMI JOIN linkage.turned_records USING (record_id)`,
  };
}
