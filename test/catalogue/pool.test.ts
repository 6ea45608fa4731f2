import { runInPool } from '../../nodes/shared/catalogue/pool';

interface Entry {
	readonly name: string;
	readonly key?: string;
}

/** Work that ends when the test says so, and reports what runs. */
class Workshop {
	readonly started: string[] = [];
	private readonly waiting = new Map<string, () => void>();

	readonly work = async ({ name }: Entry): Promise<string> => {
		this.started.push(name);
		await new Promise<void>((resolve) => this.waiting.set(name, resolve));
		return name.toUpperCase();
	};

	/** Ends the work on an entry and lets follow what follows from it. */
	async end(...names: string[]): Promise<void> {
		for (const name of names) {
			const resolve = this.waiting.get(name);
			if (resolve === undefined) throw new Error(`${name} does not run; started are ${this.started.join()}`);
			this.waiting.delete(name);
			resolve();
		}
		await settle();
	}

	get running(): string[] {
		return [...this.waiting.keys()];
	}
}

const settle = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));
const named = (names: string): Entry[] => [...names].map((name) => ({ name }));
const never = (): boolean => false;
const keyOf = ({ key }: Entry): string | undefined => key;

describe('runInPool', () => {
	it('does no more at a time than its width, and starts in order', async () => {
		const shop = new Workshop();
		const done = runInPool(named('abcde'), { width: 2, serialKey: keyOf, stopped: never }, shop.work);
		await settle();
		expect(shop.started).toEqual(['a', 'b']);
		await shop.end('b');
		expect(shop.started).toEqual(['a', 'b', 'c']);
		await shop.end('a', 'c');
		expect(shop.running).toEqual(['d', 'e']);
		await shop.end('e', 'd');
		expect(await done).toEqual(['A', 'B', 'C', 'D', 'E']);
	});

	it('runs entries of one serial key one after the other, in order, and lets others pass', async () => {
		const shop = new Workshop();
		const entries: Entry[] = [
			{ name: 'a', key: '1' },
			{ name: 'b', key: '1' },
			{ name: 'c', key: '2' },
			{ name: 'd' },
			{ name: 'e', key: '1' },
		];
		const done = runInPool(entries, { width: 3, serialKey: keyOf, stopped: never }, shop.work);
		await settle();
		expect(shop.running).toEqual(['a', 'c', 'd']);
		await shop.end('c', 'd');
		expect(shop.running).toEqual(['a']);
		await shop.end('a');
		expect(shop.running).toEqual(['b']);
		await shop.end('b');
		await shop.end('e');
		expect(await done).toEqual(['A', 'B', 'C', 'D', 'E']);
	});

	it('does not let those that wait for others of their key take up the width', async () => {
		const shop = new Workshop();
		const entries: Entry[] = [...Array.from({ length: 5 }, (_, index) => ({ name: `same${index}`, key: 'same' })), { name: 'other' }];
		const done = runInPool(entries, { width: 2, serialKey: keyOf, stopped: never }, shop.work);
		await settle();
		expect(shop.running).toEqual(['same0', 'other']);
		await shop.end('other');
		for (let index = 0; index < 5; index++) await shop.end(`same${index}`);
		expect(await done).toHaveLength(6);
	});

	it('starts nothing more once it is stopped, also among entries of one key', async () => {
		const shop = new Workshop();
		let stopped = false;
		const entries: Entry[] = [{ name: 'a', key: '1' }, { name: 'b' }, { name: 'c', key: '1' }, { name: 'd' }];
		const done = runInPool(entries, { width: 2, serialKey: keyOf, stopped: () => stopped }, shop.work);
		await settle();
		stopped = true;
		await shop.end('a', 'b');
		expect(await done).toEqual(['A', 'B', undefined, undefined]);
		expect(shop.started).toEqual(['a', 'b']);
	});

	it('has nothing to do without entries', async () => {
		expect(await runInPool([], { width: 2, serialKey: keyOf, stopped: never }, async () => await Promise.resolve(1))).toEqual([]);
	});

	it('fails when its work fails', async () => {
		const work = async (): Promise<never> => await Promise.reject(new Error('broken'));
		await expect(runInPool(named('a'), { width: 1, serialKey: keyOf, stopped: never }, work)).rejects.toThrow('broken');
	});
});
