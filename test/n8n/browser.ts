import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page, selectors } from 'playwright-core';
import { OWNER } from '../../scripts/n8n/setup';
import { PROJECT_ROOT } from '../support/engine-libraries';

const PLACES = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

/** A mark of the page in Chromium's trace; times in microseconds, `tts` of the thread. */
interface TraceEvent {
	readonly name: string;
	readonly ts: number;
	readonly tts: number;
}

/** Work of the page's thread on one opening, in ms. */
export interface Opening {
	/** Until the form was painted, without what stands in its collections. */
	readonly painted: number;
	/** Until all of it was drawn. */
	readonly settled: number;
}

/** n8n's editor in a headless Chromium, signed in, cut off from every outside host. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** @throws Error when no Chromium is on the machine */
	static async open(url: string): Promise<Editor> {
		const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
		if (!executablePath) throw new Error('No Chromium found: install it, or set CHROMIUM to its path.');
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
		const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' });
		context.setDefaultTimeout(30_000);
		await context.route(
			({ hostname, protocol }) => /^(https?|wss?):$/.test(protocol) && !LOOPBACK.has(hostname),
			async (route) => await route.abort(),
		);
		await context.addInitScript({ path: join(__dirname, 'in-page.js') });
		const editor = new Editor(browser, await context.newPage(), url);
		await editor.signIn();
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	private async signIn(): Promise<void> {
		await this.goto('/signin');
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await this.page.locator('input[name=password]').fill(OWNER.password);
		await this.at('form-submit-button').click();
		await this.page.waitForURL((url) => !url.pathname.includes('signin'));
	}

	/** An element by n8n's own test id. */
	at(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	/** The control of a node's parameter in the open details view. */
	parameter(name: string): Locator {
		return this.at(`parameter-input-${name}`);
	}

	async goto(path: string): Promise<void> {
		await this.page.goto(this.url + path);
	}

	/** Opens a stored workflow and waits until its nodes are drawn. */
	async openWorkflow(id: string): Promise<void> {
		await this.goto(`/workflow/${id}`);
		await this.at('canvas-node').first().waitFor();
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.goto('/workflow/new');
		await this.page.getByText('Add first step').waitFor();
	}

	/** Takes every node off the canvas. */
	async clear(): Promise<void> {
		await this.at('canvas').click({ position: { x: 300, y: 200 } });
		await this.page.keyboard.press('Control+a');
		await this.page.keyboard.press('Delete');
		await this.page.getByText('Add first step').waitFor();
	}

	/** Imports a workflow from a file into the open one, which is empty. */
	async importWorkflow(file: string): Promise<void> {
		await this.page.locator('input[type=file]').first().setInputFiles(file);
	}

	/** Runs the open workflow to its successful end. */
	async runWorkflow(): Promise<void> {
		await this.at('execute-workflow-button').click();
		const success = this.page.getByText('Workflow executed successfully');
		await success.waitFor();
		await success.waitFor({ state: 'hidden' });
	}

	/** Addresses of the pictures on the page that could not be loaded. */
	async brokenImages(): Promise<string[]> {
		return await this.page.evaluate<string[]>(
			'[...document.images].filter((image) => image.complete && image.naturalWidth === 0).map(({ src }) => src)',
		);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.at('canvas-node').filter({ hasText: name }).first();
	}

	/** Opens a node's details view and waits until all of it is drawn. @returns milliseconds from the double click until it was painted */
	async openNode(name: string): Promise<number> {
		await this.page.evaluate('timeNextOpening()');
		await this.node(name).dblclick();
		await this.at('ndv').locator('[data-test-id=parameter-input]').first().waitFor();
		const painted = await this.page.waitForFunction<number>('msToOpen');
		await this.page.waitForFunction('settled');
		return Math.round(await painted.jsonValue());
	}

	/**
	 * Makes the page believe that n8n's settings installed the packages, as they do for a user. One that is only linked is asked for
	 * again at every opening of its nodes.
	 */
	async asInstalled(...packageNames: string[]): Promise<void> {
		const at = new Date().toISOString();
		const about = { installedVersion: '0.1.0', installedNodes: [], createdAt: at, updatedAt: at };
		const data = packageNames.map((packageName) => ({ packageName, ...about }));
		await this.page.route('**/rest/community-packages', async (route) => await route.fulfill({ json: { data } }));
	}

	/**
	 * How long the page's own thread worked on each opening of a node during `work`, in ms, until its form was painted and until
	 * the collections in it were drawn too: unlike the time of day, it is the same however busy the machine is with other things.
	 */
	async workOfOpenings(work: () => Promise<void>): Promise<Opening[]> {
		await this.browser.startTracing(this.page, { categories: ['blink.user_timing'] });
		await work();
		const { traceEvents } = JSON.parse((await this.browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
		const threadTimes = (name: string) =>
			traceEvents
				.filter((event) => event.name === name)
				.sort((a, b) => a.ts - b.ts)
				.map(({ tts }) => tts / 1000);
		const [painted, settled] = [threadTimes('opened'), threadTimes('settled')];
		const since = (began: number, times: readonly number[], index: number) => Math.round(times[index]! - began);
		return threadTimes('opening').map((began, index) => ({
			painted: since(began, painted, index),
			settled: since(began, settled, index),
		}));
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens the node panel and searches it. */
	async searchNode(text: string): Promise<void> {
		await this.at('node-creator-plus-button').click();
		await this.at('node-creator').locator('input').first().fill(text);
		await this.at('node-creator-item-name').filter({ hasText: text }).first().waitFor();
	}

	/** What the node panel found for a type of node, which stands there together with its trigger, whatever the entry is called. */
	panelEntry(type: string): Locator {
		return this.page.locator(`[data-keyboard-nav-id^="${type}-"]`);
	}

	/** An action in the node panel, by its whole text. */
	action(name: string): Locator {
		return this.at('node-creator-item-name').getByText(name, { exact: true });
	}

	/** Adds a node by the panel: searches it, opens the entry of its type and takes an action, as a person would. The node opens. */
	async addNode(search: string, type: string, action: string): Promise<void> {
		await this.at('node-creator-plus-button').click();
		await this.at('node-creator').locator('input').first().fill(search);
		await this.panelEntry(type).first().click();
		await this.action(action).click();
		await this.at('ndv').waitFor();
	}

	/** Picks a record in a parameter's list by a search. */
	async choose(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('input').last().click();
		const search = this.at('rlc-search').last();
		await search.locator('input').or(search).last().fill(text);
		await this.at('rlc-item').filter({ hasText: text }).first().click();
	}

	/** Ticks an entry of a parameter's list. A click that comes before the list is loaded opens nothing, so it is repeated. */
	async tick(parameter: string, text: string): Promise<void> {
		const option = this.page.getByRole('option', { name: text, exact: true });
		for (let tries = 0; tries < 10 && !(await option.isVisible()); tries++) {
			await this.parameter(parameter).click();
			await option.waitFor({ timeout: 3_000 }).catch(() => undefined);
		}
		await option.click();
	}

	/** Runs the open node, waits until its output says what is expected, and leaves it. */
	async runStep(expected: string): Promise<void> {
		await this.at('node-execute-button').click();
		await this.at('output-panel').getByText(expected).first().waitFor();
		await this.at('ndv-close-button').click();
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens the dialog of a new credential, named by n8n. */
	async newCredential(type: string): Promise<void> {
		await this.goto('/home/credentials');
		await this.page.getByText('Create credential').first().click();
		await this.at('new-credential-type-select').locator('input').fill(type);
		await this.page
			.getByRole('option', { name: type })
			.or(this.page.locator('li').filter({ hasText: type }))
			.first()
			.click();
		await this.at('new-credential-type-button').click();
		// The name is asked of the server; a credential saved before it is there is refused.
		await this.at('credential-name').getByTestId('inline-edit-preview').filter({ hasText: 'account' }).waitFor();
	}

	/** Types into a field of the open credential or node. */
	async fill(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('input').fill(text);
	}

	/** Drags a field of the input onto a parameter of the open node, which becomes an expression. */
	async dragField(field: string, parameter: string): Promise<void> {
		const from = await this.at('ndv-input-panel').locator('[data-name]').getByText(field, { exact: true }).first().boundingBox();
		const to = await this.parameter(parameter).boundingBox();
		if (from === null || to === null) throw new Error(`${field} or ${parameter} is not on the page`);
		await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 20 });
		await this.page.mouse.up();
	}

	/** Hides what a picture is not about, until the next page: `.el-notification` are the messages that pass by. */
	async hide(...selectors: string[]): Promise<void> {
		await this.page.addStyleTag({ content: `${selectors.join(', ')} { visibility: hidden !important }` });
	}

	/** Leaves nothing on the canvas but the nodes and their connections, as large as they fit. */
	async bare(): Promise<void> {
		await this.at('zoom-to-fit').click();
		await this.hide('.vue-flow__panel', '[class*=background]', '[data-test-id=canvas-handle-plus-wrapper]');
	}

	/** Saves a picture of the part of the page that the elements take, with a margin at each side and one below, and no higher than `most`. */
	async pictureOf(elements: Locator, path: string, { side = 0, below = 0, most = Infinity } = {}): Promise<void> {
		await this.page.mouse.move(0, 899);
		await this.page.waitForTimeout(600);
		const boxes = (await Promise.all((await elements.all()).map(async (one) => await one.boundingBox()))).filter((box) => box !== null);
		const { width: right, height: bottom } = this.page.viewportSize() ?? { width: 0, height: 0 };
		const x = Math.max(0, Math.min(...boxes.map((box) => box.x)) - side);
		const y = Math.max(0, Math.min(...boxes.map((box) => box.y)) - side);
		const width = Math.min(right, Math.max(...boxes.map((box) => box.x + box.width)) + side) - x;
		const height = Math.min(bottom, Math.max(...boxes.map((box) => box.y + box.height)) + below) - y;
		await this.page.screenshot({ path, clip: { x, y, width, height: Math.min(height, most) } });
	}

	/** Saves .tmp/pictures/<name>.png, for whoever wants to see what a test has seen. The pictures of the pages are made by `npm run pictures`. */
	async picture(name: string): Promise<void> {
		// What lies under the mouse shows more than a reader needs; menus and panels glide in.
		await this.page.mouse.move(0, 899);
		await this.page.waitForTimeout(600);
		const folder = join(PROJECT_ROOT, '.tmp/pictures');
		await mkdir(folder, { recursive: true });
		await this.page.screenshot({ path: join(folder, `${name}.png`) });
	}
}
