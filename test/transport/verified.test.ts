import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

test.each([['0'], ['1']])('NODE_TLS_REJECT_UNAUTHORIZED=%s: a server that can prove nothing never gets the key', async (value) => {
	// Node.js reads the variable of the process itself, of which the tests have a copy.
	const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: value, NODE_NO_WARNINGS: '1' };
	const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(__dirname, 'unverified.ts')], { env });
	expect(JSON.parse(stdout)).toEqual({
		direct: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
		throughProxy: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
		n8n: expect.stringContaining('self-signed certificate'),
		calls: [],
	});
});
