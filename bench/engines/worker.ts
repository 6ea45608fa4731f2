/** A process that takes the orders of `test/redis/worker.ts` and makes its calls by another engine: the one that `ENGINE` names. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { request } from 'undici';
import { takeOrders } from '../../test/redis/takeOrders';
import { ENGINES, type EngineName } from '.';
import { PACKAGES } from './packages';

const { ENGINE, ENGINES_FOLDER = '' } = process.env;
const { engine } = ENGINES[ENGINE as EngineName];
const load = createRequire(join(ENGINES_FOLDER, 'package.json'));
// Before the orders come: who loads faster is not to be ahead.
Object.keys(PACKAGES).forEach((name) => void load(name));

takeOrders(async ({ credentials }) => {
	const { apiKey, baseUrl, redisPort } = credentials as { apiKey: string; baseUrl: string; redisPort: number };
	const send = async (call: string): Promise<boolean> => {
		const query = new URLSearchParams({ filter: `given_name==${call}` });
		const answer = await request(`${baseUrl}/crm/rest/v2/contacts?${query}`, { headers: { 'X-Keap-API-Key': apiKey } });
		await answer.body.dump();
		if (answer.statusCode !== 200 && answer.statusCode !== 429) throw new Error(`Keap answered ${answer.statusCode}`);
		return answer.statusCode === 200;
	};
	return await engine({ redisPort, send, load: <T>(name: string) => load(name) as T });
});
