// n8n's rules are ES modules, which jest does not load: so they run in a thread outside of it, one text after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: workerData.cwd });
parentPort.on('message', async ({ text, filePath }) => {
	const [result] = await eslint.lintText(text, { filePath });
	parentPort.postMessage(result.messages);
});
