import { writeFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';

/** A sheet has columns of this many pixels and is at most this high: small enough to be read as one picture. */
const [COLUMN, COLUMNS, HEIGHT] = [400, 4, 1_550];
const CAPTION = 22;
/** No piece of a form that is cut is shorter. */
const LEAST = 300;

const STYLE = `
	* { margin: 0; padding: 0; border: 0 }
	body, td { background: #ccc }
	table { border-collapse: collapse }
	td { width: ${COLUMN}px; vertical-align: top }
	h1, div { width: ${COLUMN - 6}px; overflow: hidden }
	h1 { font: bold 14px/${CAPTION}px sans-serif; background: #024; color: #fff; white-space: nowrap }
	div { background: #fff }
	img { width: 100%; display: block }`;

/** A part of a form's picture that stands in one column. */
interface Piece {
	readonly name: string;
	readonly png: Buffer;
	readonly from: number;
	readonly height: number;
}

/** Puts pictures of forms one below the other, in columns, as many as a sheet holds. A long one goes on in the next column. */
export class Sheets {
	private readonly columns: Piece[][] = [[]];
	private room = HEIGHT;

	/** @param path where the sheets go, without their numbers and the ending */
	constructor(
		private readonly context: BrowserContext,
		private readonly path: string,
	) {}

	add(name: string, png: Buffer, height: number): void {
		for (let from = 0; from < height;) {
			const left = height - from;
			const fits = this.room - CAPTION;
			// A form that a whole column holds is not cut.
			if (fits < (left <= HEIGHT - CAPTION ? left : LEAST)) {
				this.columns.push([]);
				this.room = HEIGHT;
				continue;
			}
			const piece = { name, png, from, height: Math.min(left, fits) };
			this.columns.at(-1)?.push(piece);
			this.room -= CAPTION + piece.height;
			from += piece.height;
		}
	}

	async write(): Promise<void> {
		const page = await this.context.newPage();
		await page.setViewportSize({ width: COLUMN * COLUMNS, height: HEIGHT });
		for (let sheet = 0; sheet * COLUMNS < this.columns.length; sheet++) {
			const cells = this.columns.slice(sheet * COLUMNS, (sheet + 1) * COLUMNS).map((pieces) => `<td>${pieces.map(htmlOf).join('')}</td>`);
			await page.setContent(`<style>${STYLE}</style><table><tr>${cells.join('')}</tr></table>`);
			await writeFile(`${this.path}-${sheet + 1}.png`, await page.screenshot());
		}
		await page.close();
	}
}

function htmlOf({ name, png, from, height }: Piece): string {
	const source = `data:image/png;base64,${png.toString('base64')}`;
	const caption = from === 0 ? name : `${name} (goes on)`;
	return `<h1>${caption}</h1><div style="height:${height}px"><img style="margin-top:-${from}px" src="${source}"></div>`;
}
