/**
 * Mutation testing: Stryker changes the code in many small ways, one at a time, and a test has to fail each time.
 * Run it with `npm run mutants -- <folder or file>`, which adds what to change and which tests to run: see docs/testing.md.
 */
export default {
	testRunner: 'jest',
	// Only the tests that run a changed line run for it.
	coverageAnalysis: 'perTest',
	jest: { enableFindRelatedTests: false },
	// What only runs when the file is loaded is the same for all tests of a process, and can't be switched.
	ignoreStatic: true,
	// A changed loop may never end. Simulations compute for seconds, and longer on a busy machine.
	timeoutMS: 20_000,
	timeoutFactor: 3,
	concurrency: 1,
	tempDirName: '.tmp/stryker',
	ignorePatterns: ['.tmp', '.n8n-home', 'bench', 'coverage', 'dist', 'examples'],
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	htmlReporter: { fileName: '.tmp/mutants/report.html' },
	jsonReporter: { fileName: '.tmp/mutants/report.json' },
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	thresholds: { high: 95, low: 85, break: 85 },
};
