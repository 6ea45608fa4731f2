import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = join(__dirname, 'results.md');
const DOCS = join(__dirname, '..', 'docs', 'quota.md');
const FIGURES = /(<!-- figures: [^\n]*-->\n)[\s\S]*(<!-- end of figures -->)/;

/** A table in Markdown. */
export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Replaces one section of the results; the others stay as they were measured. */
export function writeSection(title: string, command: string, text: string): void {
	const before = existsSync(RESULTS)
		? readFileSync(RESULTS, 'utf8')
		: '# Results\n\nWritten by `npm run bench`. Each section says when and how it was measured.\n';
	const date = new Date().toISOString().slice(0, 10);
	const section = `## ${title}\n\n\`${command}\`, ${date}, Node ${process.versions.node}\n\n${text}\n`;
	const parts = before.split(/\n(?=## )/).map((part) => part.trimEnd());
	const place = parts.findIndex((part) => part.startsWith(`## ${title}\n`));
	if (place < 0) parts.push(section.trimEnd());
	else parts[place] = section.trimEnd();
	writeFileSync(RESULTS, `${parts.join('\n\n')}\n`);
	writeIntoDocs(parts.slice(1));
}

/** Writes a table into docs/operating.md, between its marks. */
export function writeIntoOperating(command: string, text: string): void {
	const page = join(__dirname, '..', 'docs', 'operating.md');
	const date = new Date().toISOString().slice(0, 10);
	const made = `\n\`${command}\`, ${date}, Node ${process.versions.node}:\n\n${text}\n\n`;
	writeFileSync(
		page,
		readFileSync(page, 'utf8').replace(
			/(<!-- start: [^\n]*-->\n)[\s\S]*(<!-- end of start -->)/,
			(_all, head: string, end: string) => `${head}${made}${end}`,
		),
	);
}

/** The docs show the same sections, one level deeper. */
function writeIntoDocs(sections: string[]): void {
	const figures = sections.map((section) => `#${section}`).join('\n\n');
	writeFileSync(
		DOCS,
		readFileSync(DOCS, 'utf8').replace(FIGURES, (_all, head: string, end: string) => `${head}\n${figures}\n\n${end}`),
	);
}
