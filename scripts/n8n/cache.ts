import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where full n8n installations and Node binaries are kept between runs, for every checkout of the project. */
export const cacheFolder = (...parts: string[]) =>
	join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-keap', ...parts);
