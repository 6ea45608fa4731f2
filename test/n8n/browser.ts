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

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.at('canvas-node').filter({ hasText: name }).first();
	}

	/** Opens a node's details view. @returns milliseconds from the double click until its parameters were painted */
	async openNode(name: string): Promise<number> {
		await this.page.evaluate('timeNextOpening()');
		await this.node(name).dblclick();
		await this.at('ndv').locator('[data-test-id=parameter-input]').first().waitFor();
		const painted = await this.page.waitForFunction<number>('msToOpen');
		return Math.round(await painted.jsonValue());
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** Saves docs/images/<name>.png when UPDATE_SCREENSHOTS=1; an ordinary run leaves the pictures alone. */
	async picture(name: string): Promise<void> {
		// Menus and panels glide in.
		await this.page.waitForTimeout(600);
		const folder = process.env.UPDATE_SCREENSHOTS === '1' ? join(PROJECT_ROOT, 'docs/images') : join(PROJECT_ROOT, '.tmp/pictures');
		await mkdir(folder, { recursive: true });
		await this.page.screenshot({ path: join(folder, `${name}.png`) });
	}
}
