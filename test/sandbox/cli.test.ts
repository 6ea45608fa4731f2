import { readCliOptions } from './cliOptions';

test('without options it is what Keap allows, on any port', () => {
	expect(readCliOptions([])).toEqual({
		help: false,
		quiet: false,
		key: 'sandbox-key',
		sandbox: {
			port: 0,
			keys: { 'sandbox-key': 'full', 'limited-key': 'limited' },
			limits: { perSecond: 5, perMinute: 120, perDay: 15_000 },
			secondMode: 'rolling',
			minuteMode: 'rolling',
			latencyMs: 0,
		},
	});
});

test('every option is read', () => {
	const args = '--port 8080 --key mine --limits 0.5/240/Infinity --second-mode tokenBucket --minute-mode fixedFirst --latency 250 --quiet';
	expect(readCliOptions(args.split(' '))).toMatchObject({
		quiet: true,
		key: 'mine',
		sandbox: {
			port: 8080,
			keys: { mine: 'full' },
			limits: { perSecond: 0.5, perMinute: 240, perDay: Infinity },
			secondMode: 'tokenBucket',
			minuteMode: 'fixedFirst',
			latencyMs: 250,
		},
	});
});

test.each([
	['--port=x', '--port'],
	['--port=65536', '--port'],
	['--limits=5/120', 'three numbers'],
	['--limits=5/0/1', '--limits'],
	['--limits=5//1', '--limits'],
	['--latency=-1', '--latency'],
	['--key=', '--key'],
	['--second-mode=fast', 'rolling, spikeArrest, slowSpike, tokenBucket, none'],
	['--minute-mode=spikeArrest', 'rolling, fixedClock, fixedFirst, none'],
	['--speed=1', '--speed'],
])('%s is refused', (arg, says) => expect(() => readCliOptions([arg])).toThrow(says));
