// n8n's rules are ES modules, which jest does not load: so they run in a thread outside of it.
import { parentPort, workerData } from 'node:worker_threads';
import { ESLint } from 'eslint';

const { text, filePath, cwd } = workerData;
const [result] = await new ESLint({ cwd }).lintText(text, { filePath });
parentPort.postMessage(result.messages);
