import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Module } from './cruise';

/** How many files a reader takes in at one glance. */
export const MOST_FILES = 12;

/**
 * Imports between folders that lead round in a circle. A folder is its own files here, without those of its subfolders:
 * dependency-cruiser takes both together and so does not see a folder that imports its subfolder and is imported by it.
 */
export function folderCycles(modules: readonly Module[]): string[] {
	const imports = new Map<string, Set<string>>();
	for (const { source, dependencies } of modules) {
		const from = dirname(source);
		const known = imports.get(from) ?? new Set<string>();
		for (const { resolved } of dependencies) if (dirname(resolved) !== from) known.add(dirname(resolved));
		imports.set(from, known);
	}
	const reaches = (from: string): Set<string> => {
		const seen = new Set<string>();
		const open = [from];
		for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
			for (const next of imports.get(folder) ?? []) {
				if (!seen.has(next)) open.push(next);
				seen.add(next);
			}
		}
		return seen;
	};
	return [...imports]
		.flatMap(([from, targets]) => [...targets].filter((to) => reaches(to).has(from)).map((to) => `no-folder-cycle: ${from} -> ${to}`))
		.sort();
}

/** Folders below one with more files in one level than a reader takes in. */
export function crowdedFolders(top: string, folder: string): string[] {
	const entries = readdirSync(join(top, folder), { withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const inner = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => crowdedFolders(top, `${folder}/${name}`));
	return files.length > MOST_FILES ? [`no-crowded-folder: ${folder}`, ...inner] : inner;
}

/** Files that n8n would load as a node or a credential, or a test runner as a test, and that are none. */
export function misleadingNames(sources: readonly string[]): string[] {
	return sources
		.filter((source) =>
			source.startsWith('nodes/shared/') || source.split('/').length > 3
				? /\.(node|credentials)\.ts$|(^|[/.])test\.ts$/.test(source)
				: /(^|[/.])test\.ts$/.test(source),
		)
		.map((source) => `no-misleading-name: ${source}`);
}
