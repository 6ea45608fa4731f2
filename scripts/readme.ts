import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsTable } from './readme/operationsTable';

/** `npm run readme` writes the operations table into README.md; a test holds the two together. */
const file = join(__dirname, '..', 'README.md');

const text = readFileSync(file, 'utf8');
const [start, end] = ['<!-- operations: made by `npm run readme` -->', '<!-- end of operations -->'];
const before = text.indexOf(start);
const after = text.indexOf(end);
if (before < 0 || after < before) throw new Error(`README.md lacks the marks "${start}" and "${end}"`);
writeFileSync(file, `${text.slice(0, before + start.length)}\n\n${operationsTable()}\n${text.slice(after)}`);
