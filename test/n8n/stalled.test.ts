import { outputOf } from '../../scripts/n8n/executions';
import type { N8nWorker } from '../../scripts/n8n/server';
import { PREVIOUS_VERSION } from '../../scripts/n8n/versions';
import { FOUND_SOON, InterruptedImport } from './interruptedImport';
import { QueueStage } from './queueStage';

jest.setTimeout(240_000);

const kill = async (worker: N8nWorker): Promise<void> => await worker.kill();

describe(`an import whose worker is killed, in queue mode of n8n ${PREVIOUS_VERSION}`, () => {
	let stage: QueueStage;
	let imports: InterruptedImport;
	let workers: N8nWorker[];
	beforeAll(async () => {
		stage = await QueueStage.open(PREVIOUS_VERSION);
		imports = await InterruptedImport.store(stage);
		workers = await stage.startWorkers(FOUND_SOON, FOUND_SOON);
	});
	afterAll(async () => await stage?.close());

	it('is run again by another worker and makes twice what was made; n8n lists one execution, as successful', async () => {
		const id = await imports.interrupt(workers, kill);
		const before = imports.made();
		expect(before.filter((times) => times > 0).length).toBeGreaterThanOrEqual(5);
		const end = await imports.end(id, 'success');

		expect(imports.made()).toEqual(before.map((times) => times + 1));
		expect(end.data.resultData.error).toBeUndefined();
		expect(outputOf(end, 'Create')).toHaveLength(before.length);
		expect(await imports.executions()).toEqual([id]);
		expect(await imports.reports()).toBe(0);
	});

	it('is not run again by a worker with QUEUE_WORKER_MAX_STALLED_COUNT=0: it fails without its data, and nothing is doubled', async () => {
		// Progress that is saved is lost as well.
		const saving = await InterruptedImport.store(stage, { saveExecutionProgress: true });
		// The one worker that is left has the execution; the one that comes after it decides what becomes of it.
		const id = await saving.interrupt(workers, kill);
		await stage.startWorkers({ ...FOUND_SOON, QUEUE_WORKER_MAX_STALLED_COUNT: '0' });

		await saving.expectGivenUp(id);
	});
});
