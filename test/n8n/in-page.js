'use strict';
// Runs in the editor's page. `msToOpen` is how long the last double click took to paint a node's parameters.
globalThis.timeNextOpening = () => {
	globalThis.msToOpen = undefined;
	let clicked = 0;
	document.addEventListener('dblclick', () => (clicked = performance.mark('opening').startTime), { capture: true, once: true });
	const observer = new MutationObserver(() => {
		if (clicked === 0 || !document.querySelector('[data-test-id=ndv] [data-test-id=parameter-input]')) return;
		observer.disconnect();
		requestAnimationFrame(() => setTimeout(() => (globalThis.msToOpen = performance.mark('opened').startTime - clicked), 0));
	});
	observer.observe(document.body, { childList: true, subtree: true });
};
