import type { ICredentialsDecrypted, ICredentialTestFunction, ICredentialTestFunctions } from 'n8n-workflow';
import type { CredentialTestOutcome } from './engine-types';

/** What n8n gives such a function beside the credential; ours may use none of it. */
const CONTEXT: ICredentialTestFunctions = new Proxy({} as ICredentialTestFunctions, {
	get: (_target, name) => {
		throw new Error(`A credential test goes through the throttled helper, and needs nothing of n8n such as "${String(name)}".`);
	},
});

/**
 * A credential's test, as n8n's credential dialog makes it.
 *
 * @param test what a node names in `testedBy`
 * @param credential with its defaults applied
 */
export async function runCredentialTest(
	test: ICredentialTestFunction | undefined,
	credential: ICredentialsDecrypted,
): Promise<CredentialTestOutcome> {
	if (!test) return { ok: false, status: 'Error', message: 'No testing function found for this credential.' };
	const { status, message } = await test.call(CONTEXT, credential);
	return { ok: status === 'OK', status, message };
}
