import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of the picture: when its calls were let through, in milliseconds from the first. */
export interface Line {
	name: string;
	colour: string;
	times: number[];
}

const PICTURE = join(__dirname, '..', 'docs', 'images', 'quota.svg');
const WIDTH = 860;
const LEFT = 60;
const PANELS = [
	{ title: 'calls in the last minute', windowMs: 60_000, limit: 120, top: 50, height: 190 },
	{ title: 'calls in the last second', windowMs: 1_000, limit: 5, top: 300, height: 110 },
] as const;

/** Draws calls over time against the limits of the minute and the second, and writes the picture into the docs. */
export function drawPicture(lines: Line[], title: string): void {
	const end = Math.max(...lines.flatMap(({ times }) => times)) + 2_000;
	const x = (time: number) => LEFT + (time / end) * (WIDTH - LEFT - 20);
	const parts = PANELS.map(({ title: name, windowMs, limit, top, height }) => {
		const counts = lines.map(({ times }) => countsOf(times, windowMs, end));
		const most = Math.max(limit * 1.25, ...counts.flat().map(([, count]) => count));
		const y = (count: number) => top + height - (count / most) * height;
		const paths = lines.map(({ colour }, index) => {
			const points = (counts[index] ?? []).map(([time, count]) => `${x(time).toFixed(1)},${y(count).toFixed(1)}`);
			return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
		});
		const ticks = Array.from({ length: Math.floor(end / 30_000) + 1 }, (_, tick) => tick * 30_000).map(
			(time) => `<text x="${x(time).toFixed(1)}" y="${top + height + 16}" text-anchor="middle">${time / 1_000} s</text>`,
		);
		return [
			`<text x="${LEFT}" y="${top - 8}">${name}</text>`,
			`<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - 20}" height="${height}" fill="none" stroke="#bbb"/>`,
			`<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${y(limit).toFixed(1)}" y2="${y(limit).toFixed(1)}" stroke="#c0392b" stroke-dasharray="6 4"/>`,
			`<text x="${LEFT - 8}" y="${(y(limit) + 4).toFixed(1)}" text-anchor="end" fill="#c0392b">${limit}</text>`,
			...paths,
			...ticks,
		].join('\n');
	});
	const legend = lines.map(({ name, colour }, index) => `<text x="${LEFT + index * 260}" y="460" fill="${colour}">${name}</text>`);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 480" font-family="sans-serif" font-size="12" fill="#333">
<rect width="${WIDTH}" height="480" fill="#fff"/>
<text x="${LEFT}" y="20" font-size="14">${title}</text>
${[...parts, ...legend].join('\n')}
</svg>
`;
	mkdirSync(join(PICTURE, '..'), { recursive: true });
	writeFileSync(PICTURE, svg);
}

/** How many calls lie in the window that ends at each moment, as corners of a line. */
function countsOf(times: number[], windowMs: number, end: number): Array<[number, number]> {
	const sorted = [...times].sort((a, b) => a - b);
	const changes = [...sorted.map((time) => [time, 1] as const), ...sorted.map((time) => [time + windowMs, -1] as const)].sort(
		(a, b) => a[0] - b[0],
	);
	const corners: Array<[number, number]> = [[0, 0]];
	let count = 0;
	for (const [time, change] of changes) {
		if (time > end) break;
		corners.push([time, count]);
		count += change;
		corners.push([time, count]);
	}
	return corners;
}
