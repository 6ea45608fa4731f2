import { listOf } from '../../runtime/listOf';
import { inner } from '../../runtime/isRecord';
import { cachedLookup, isCancelled, type KeapContext, keapRequest } from '../../transport';
import { isNotSent } from '../../transport/tool/notSent';

/** A state, province or region of a country as Keap has it: code of ISO 3166-2 and name. */
export interface Province {
	readonly code: string;
	readonly name: string;
}

/** Provinces all but never change. */
const GOOD_FOR_MS = 60 * 60_000;

const CODE = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;

/**
 * Keap's list of a country's provinces: one call, then none for an hour.
 *
 * @returns none where Keap has none, does not answer, or answers with something else
 * @throws what says that the run was cancelled, or that nobody waits for it any more
 */
export async function provincesOf(context: KeapContext, alpha3: string): Promise<readonly Province[]> {
	const load = async (): Promise<readonly Province[]> => {
		const { body } = await keapRequest(context, {
			method: 'GET',
			path: '/crm/rest/v2/locales/countries/{country_code}/provinces',
			pathParams: { country_code: alpha3 },
			expects: { list: 'provinces' },
			probes: true,
		});
		return listOf(inner(body).provinces).flatMap(({ code, name }) =>
			typeof code === 'string' && CODE.test(code) && typeof name === 'string' ? [{ code, name }] : [],
		);
	};
	return await cachedLookup(context, `provinces ${alpha3}`, load, GOOD_FOR_MS).catch((error: unknown) => {
		if (isCancelled(error) || isNotSent(error)) throw error;
		return [];
	});
}
