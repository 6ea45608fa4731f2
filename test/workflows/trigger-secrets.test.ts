import { rememberSecret, secretFor, secretName, secretNameOf } from '../../nodes/KeapTrigger/subscription/secrets';
import { stageForEachTest } from './trigger-helpers';

const MINUTE = 60_000;

describe('the secrets of handshakes', () => {
	beforeEach(() => void jest.useFakeTimers({ now: 1_000_000_000 }));
	afterEach(() => void jest.useRealTimers());

	it('are good for ten minutes', () => {
		rememberSecret('one', 'abc');
		const after = (ms: number) => {
			jest.setSystemTime(1_000_000_000 + ms);
			return secretFor('one');
		};
		expect([0, 10 * MINUTE - 1, 10 * MINUTE, 24 * 60 * MINUTE].map(after)).toEqual(['abc', 'abc', undefined, undefined]);
	});

	it('are the last ones that came in, and belong to one event and token', () => {
		rememberSecret(secretName('contact.add', 'token'), 'first');
		rememberSecret(secretName('contact.add', 'token'), 'second');
		expect(secretFor(secretNameOf('https://n8n.example/webhook?token=token&event=contact.add'))).toBe('second');
		expect(secretFor(secretName('contact.edit', 'token'))).toBeUndefined();
		expect(secretFor(secretName('contact.add', 'tokem'))).toBeUndefined();
	});

	it('are bounded in number, the oldest going first', () => {
		for (let number = 0; number < 600; number++) rememberSecret(`hook ${number}`, 'abc');
		expect([secretFor('hook 0'), secretFor('hook 99'), secretFor('hook 100'), secretFor('hook 599')]).toEqual([
			undefined,
			undefined,
			'abc',
			'abc',
		]);
	});
});

describe('a secret that Keap does not take', () => {
	const stage = stageForEachTest();

	it('is refused, and the hook is verified by another call of Keap', async () => {
		const live = await stage().open({ events: ['contact.add'] }, { loseHeaders: true });
		const { hooks } = stage().keap.sandbox.state;
		// Keap has forgotten the secret that it sent: ours is a wrong one.
		const handshake = hooks.handshake.bind(hooks);
		hooks.handshake = async (hook) => {
			await handshake(hook);
			hooks.secrets.set(hook.key, 'another');
			live.loseHeaders = false;
		};
		await live.activate();
		expect(stage().hooks()).toEqual(['contact.add Verified']);
		expect(
			stage()
				.newCalls()
				.filter((call) => /erify$/.test(call))
				.map((call) => call.split('/').at(-1)),
		).toEqual(['delayedVerify', 'verify']);
	});
});
