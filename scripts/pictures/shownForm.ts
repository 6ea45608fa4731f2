import type { Editor } from '../../test/n8n/browser';

/** Script for the page: the form of the open node. */
const FORM = "document.querySelector('[data-test-id=node-parameters]')";

/** Shows a node's form without the canvas, as the editor itself does once a node is double-clicked, and waits for its lists. */
export async function showForm(editor: Editor, name: string): Promise<void> {
	const stores = "[...document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s.values()]";
	const { page } = editor;
	await page.evaluate(`${stores}.findLast((store) => store.setActiveNodeName).setActiveNodeName(${JSON.stringify(name)}, 'other')`);
	await editor.at('ndv').locator('[data-test-id=parameter-input]').first().waitFor();
	await page.waitForTimeout(300);
	await page.waitForFunction(`!/Loading (options|fields)/.test(${FORM}.innerHTML)`);
}

/** What the shown form says of lists that could not be loaded, and labels that do not fit. */
export async function complaintsOf({ page }: Editor): Promise<string[]> {
	return await page.evaluate<string[]>(`(() => {
		const shown = [...${FORM}.querySelectorAll('*')].filter((one) => one.clientWidth > 0);
		const saysError = (one) => one.children.length === 0 && /^Error fetching|^Could not/.test(one.textContent);
		const isCut = (one) => getComputedStyle(one).textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth;
		return shown.flatMap((one) => (saysError(one) ? [one.textContent] : isCut(one) ? ['cut off: ' + one.textContent] : []));
	})()`);
}

/** A picture of the shown form, from below its operation to its last field. */
export async function pictureOfForm({ page }: Editor): Promise<{ png: Buffer; height: number }> {
	const clip = await page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
		const { x, width } = ${FORM}.getBoundingClientRect();
		const bottomOf = (one) => one.getBoundingClientRect().bottom;
		const y = bottomOf(${FORM}.querySelector('[data-test-id=parameter-input-operation]'));
		// What holds others may be stretched over the whole window.
		const drawn = [...${FORM}.querySelectorAll('*')].filter((one) => one.clientHeight > 0 && (one.children.length === 0 || one.matches('button, .el-switch')));
		return { x, y, width, height: Math.ceil(Math.max(y, ...drawn.map(bottomOf)) - y) + 8 };
	})()`);
	return { png: await page.screenshot({ clip }), height: clip.height };
}
