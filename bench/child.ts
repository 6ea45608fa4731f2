/** A process that does one work in one way and reports: `child.ts <way>`, the scene as a line of JSON on its input. */
import { createInterface } from 'node:readline';
import { WAYS } from './ways';
import { onBegin } from './ways/engine';
import type { Scene, WayReport } from './work';

createInterface({ input: process.stdin }).once('line', (line) => void work(JSON.parse(line) as Scene));

async function work(scene: Scene): Promise<void> {
	const entry = WAYS[process.argv[2] ?? ''];
	if (!entry) throw new Error(`There is no way "${process.argv[2]}": ${Object.keys(WAYS).join(', ')}`);
	let from = performance.now();
	let cpu = process.cpuUsage();
	onBegin(() => {
		from = performance.now();
		cpu = process.cpuUsage();
	});
	const finished = await entry.way(scene);
	const { user, system } = process.cpuUsage(cpu);
	const report: WayReport = {
		finished,
		ms: performance.now() - from,
		cpuMicros: user + system,
		peakMb: process.resourceUsage().maxRSS / 1_024,
	};
	process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
}
