// Prints `N passed, N failed` from a JSON report of vitest; exits non-zero unless something passed and nothing failed.
//   node scripts/count-tests.mjs report.json
import { readFileSync } from 'node:fs';

/** A file that cannot even be loaded has no test in the report: it counts as one failure. */
function count(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

/** No readable report: the run itself is what failed. */
function read(path) {
  try {
    return count(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed } = read(process.argv[2] ?? '');
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
