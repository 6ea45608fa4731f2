/** The tests that hold a folder's promises, as globs; the longest folder that fits counts. The others would only take time. */
const TESTS = {
	'nodes/shared/throttle/quota/quotaHeaders.ts': ['test/transport/{reading,anything}.test.ts'],
	'nodes/shared/throttle': ['test/throttle/**/*.test.ts', 'test/transport/refusals.test.ts', 'test/credential/callsOfN8n.test.ts'],
	'nodes/shared/credential': ['test/credential/**/*.test.ts', 'test/workflows/http-request.test.ts'],
	'nodes/shared/transport': ['test/transport/**/*.test.ts'],
	'nodes/shared/transport/message/path.ts': ['test/transport/{reading,anything,wire}.test.ts'],
	'nodes/shared/transport/retryPolicy.ts': ['test/transport/retryPolicy.test.ts'],
	'nodes/shared/catalogue': ['test/catalogue/**/!(linter).test.ts'],
	'nodes/shared/catalogue/router.ts': ['test/workflows/{router,tagging,contact-create,contact-update,faults-answers}.test.ts'],
	'nodes/shared/catalogue/calls': [
		'test/catalogue/{calls,fields}/**/*.test.ts',
		'test/workflows/{router,contact-update,contact-get}.test.ts',
	],
	'nodes/shared/catalogue/batching': [
		'test/catalogue/batching/**/*.test.ts',
		'test/workflows/{tagging,contact-get,contact-update}.test.ts',
	],
	'nodes/shared/polling': ['test/polling/**/*.test.ts', 'test/workflows/polling*.test.ts'],
	'nodes/shared/polling/checkpoint/checkpoint.ts': ['test/polling/checkpoint.test.ts'],
	'nodes/KeapPollingTrigger': ['test/workflows/polling*.test.ts'],
	'nodes/shared/hooks': ['test/workflows/{trigger-*,hook}.test.ts'],
	'nodes/KeapTrigger': ['test/KeapTrigger/**/*.test.ts', 'test/workflows/trigger-*.test.ts'],
	'nodes/shared/locators': ['test/locators/**/*.test.ts', 'test/workflows/editor.test.ts'],
};

/** All tests that need nothing but Node.js: for folders of which nothing is known here. */
const ALL = ['test/!(n8n|redis)/**/*.test.ts'];

/**
 * @param {string} place a folder or a file, from the top of the project
 * @returns {readonly string[]} globs
 */
export function testsOf(place) {
	const fits = Object.keys(TESTS).filter((folder) => place === folder || place.startsWith(`${folder}/`));
	const [longest] = fits.sort((one, other) => other.length - one.length);
	return TESTS[longest] ?? ALL;
}
