import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { examplesTable } from './readme/examplesTable';
import { operationsTable } from './readme/operationsTable';

/** `npm run readme` writes the tables of examples and operations into README.md; a test holds them together. */
const file = join(__dirname, '..', 'README.md');

/** The text with what stands between two marks replaced. @throws Error when README.md lacks the marks */
function between(text: string, name: string, table: string): string {
	const [start, end] = [`<!-- ${name}: made by \`npm run readme\` -->`, `<!-- end of ${name} -->`];
	const before = text.indexOf(start);
	const after = text.indexOf(end);
	if (before < 0 || after < before) throw new Error(`README.md lacks the marks "${start}" and "${end}"`);
	return `${text.slice(0, before + start.length)}\n\n${table}\n${text.slice(after)}`;
}

const text = readFileSync(file, 'utf8');
writeFileSync(file, between(between(text, 'examples', examplesTable()), 'operations', operationsTable()));
