'use strict';
// Runs in the editor's page. `msToOpen` is how long the last double click took to paint a node's parameters. n8n draws what stands in
// collections after that: `settled` is true when nothing has changed on the page for a while.
const QUIET_MS = 200;
globalThis.timeNextOpening = () => {
	globalThis.msToOpen = undefined;
	globalThis.settled = false;
	let clicked = 0;
	let quiet;
	document.addEventListener('dblclick', () => (clicked = performance.mark('opening').startTime), { capture: true, once: true });
	const settle = () => {
		whole.disconnect();
		performance.mark('settled');
		globalThis.settled = true;
	};
	const whole = new MutationObserver(() => {
		clearTimeout(quiet);
		quiet = setTimeout(settle, QUIET_MS);
	});
	const first = new MutationObserver(() => {
		if (clicked === 0 || !document.querySelector('[data-test-id=ndv] [data-test-id=parameter-input]')) return;
		first.disconnect();
		requestAnimationFrame(() =>
			setTimeout(() => {
				globalThis.msToOpen = performance.mark('opened').startTime - clicked;
				quiet = setTimeout(settle, QUIET_MS);
				whole.observe(document.body, { childList: true, subtree: true });
			}, 0),
		);
	});
	first.observe(document.body, { childList: true, subtree: true });
};
