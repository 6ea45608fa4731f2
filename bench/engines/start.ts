import { join } from 'node:path';
import { startWorker, type Worker } from '../../test/redis/workers';
import type { EngineName } from '.';

/** Starts a process that makes its calls by another engine; `folder` is where its packages are installed. */
export const startEngine = async (engine: EngineName, folder: string): Promise<Worker> =>
	await startWorker(0, { ENGINE: engine, ENGINES_FOLDER: folder }, join(__dirname, 'worker.ts'));
