import { type Scene, startScene } from '../test/redis/scene';
import { ENGINES, type EngineName } from './engines';
import { startEngine } from './engines/start';
import { table } from './report';
import { totalOf } from './work';

/** Who makes the calls: an engine, or this package. */
export interface Newcomer {
	name: string;
	engine?: EngineName;
	short?: true;
}

const BUSY = [100, 100];
/** The first single item is ordered after so many calls, each other one after so many more. */
const APART = 20;
const ITEMS = 3;
/** None is ordered when fewer calls than these are left: it would not have to wait. */
const LEFT = 60;

export const NEWCOMERS: Newcomer[] = [
	{ name: 'one item behind 2 busy processes', short: true },
	...(Object.keys(ENGINES) as EngineName[]).map((engine): Newcomer => ({
		name: `one item behind 2 busy processes, by ${ENGINES[engine].title}`,
		engine,
	})),
];

interface Wait {
	slots: number;
	ms: number;
}

/** Orders single items in a process of its own while two others have 100 calls each, and gives the row of how long they waited. */
export async function newcomerRow({ name, engine }: Newcomer, engines: string): Promise<string[]> {
	const scene = await startScene([0, 0, 0], {}, [], engine && (async () => await startEngine(engine, engines)));
	try {
		// It is not waited for: what is left when the last item is answered is of no interest.
		scene.work(BUSY).catch(() => undefined);
		const waits: Wait[] = [];
		for (let item = 0; item < ITEMS; item++) {
			const after = passed(scene).length + APART;
			if (totalOf(BUSY) - after < LEFT) break;
			await scene.sandbox.until(() => passed(scene).length >= after);
			waits.push(await waitOf(scene, `single${item}`));
		}
		return [name, waits.map(({ slots }) => slots).join(', '), waits.map(({ ms }) => `${(ms / 1_000).toFixed(1)} s`).join(', ')];
	} finally {
		await scene.close();
	}
}

export const newcomerTable = (rows: string[][]): string =>
	table(['case', 'calls of the others before each item', 'time until it was answered'], rows);

async function waitOf(scene: Scene, name: string): Promise<Wait> {
	const before = passed(scene).length;
	const from = performance.now();
	await scene.workers[2]!.work({ name, calls: 1, credentials: scene.credentials });
	const ms = performance.now() - from;
	const place = passed(scene).findIndex(({ query }) => query.filter === `given_name==${name}-0`);
	return { slots: place - before, ms };
}

const passed = ({ sandbox }: Scene) => sandbox.calls.filter(({ status }) => status === 200);
