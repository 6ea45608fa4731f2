/**
 * What was delivered, as a short text: n8n keeps it in the database and writes it with every execution, and after an import
 * it may be tens of thousands of records. Groups of one position, in the order of positions, each position as its distance
 * to the one before; in a group the ids in order, each as its distance to the one before, with `*n` for the same distance
 * n times. Numbers are in base 36. Where the position is the id itself, the group has no position.
 *
 *     { 7: 1000, 8: 1000, 9: 1000, 3: 1036 }  →  "rs:7.1*2;10:3"
 */
const BASE = 36;
/** No account has so many records of a kind changed at once; a text that says so is broken. */
const MOST = 1_000_000;

/** @param delivered records with the position of the change that was delivered last */
export function writeDelivered(delivered: ReadonlyMap<string, number>): string {
	const groups = new Map<number | undefined, string[]>();
	for (const [id, position] of delivered) {
		const group = String(position) === id ? undefined : position;
		const ids = groups.get(group);
		if (ids === undefined) groups.set(group, [id]);
		else ids.push(id);
	}
	const own = groups.get(undefined);
	groups.delete(undefined);
	let before = 0;
	const timed = [...groups].sort(([left], [right]) => Number(left) - Number(right));
	return [
		...(own === undefined ? [] : [writeIds(own)]),
		...timed.map(([position = 0, ids]) => {
			const distance = position - before;
			before = position;
			return `${distance.toString(BASE)}:${writeIds(ids)}`;
		}),
	].join(';');
}

/** @returns undefined for a text that is not of this form */
export function readDelivered(text: string): Map<string, number> | undefined {
	const delivered = new Map<string, number>();
	let position = 0;
	for (const group of text === '' ? [] : text.split(';')) {
		const [distance, list] = group.includes(':') ? group.split(':') : [undefined, group];
		const ids = readIds(list ?? '');
		if (distance !== undefined) position += parseInt(distance, BASE);
		if (ids === undefined || Number.isNaN(position)) return undefined;
		for (const id of ids) delivered.set(id, distance === undefined ? Number(id) : position);
	}
	return delivered;
}

function writeIds(ids: readonly string[]): string {
	const numbers = ids.map(Number).sort((left, right) => left - right);
	const distances = numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
	const parts: string[] = [];
	for (let index = 0; index < distances.length;) {
		const distance = distances[index] ?? 0;
		let times = 1;
		while (distances[index + times] === distance) times++;
		parts.push(distance.toString(BASE) + (times > 1 ? `*${times.toString(BASE)}` : ''));
		index += times;
	}
	return parts.join('.');
}

function readIds(text: string): string[] | undefined {
	const ids: string[] = [];
	let id = 0;
	for (const part of text.split('.')) {
		const [distance = NaN, times = 1] = part.split('*').map((number) => parseInt(number, BASE));
		if (Number.isNaN(distance) || !(ids.length + times <= MOST)) return undefined;
		for (let time = 0; time < times; time++) ids.push(String((id += distance)));
	}
	return ids;
}
