import { parseArgs } from 'node:util';
import type { Limits, MinuteMode, SandboxOptions, SecondMode } from './types';

export const HELP = `A stand-in for Keap on this machine: strict about its quota and about every request, with a small account in memory.

  npm run sandbox -- [options]

  --port <number>         port to listen on (default: any free one)
  --key <text>            the API key it takes (default: sandbox-key)
  --limits <s/min/day>    calls a second, a minute and a day (default: 5/120/15000; "Infinity" is allowed)
  --second-mode <mode>    rolling | spikeArrest | slowSpike | tokenBucket | none (default: rolling)
  --minute-mode <mode>    rolling | fixedClock | fixedFirst | none (default: rolling)
  --latency <ms>          time that every answer takes (default: 0)
  --quiet                 no line for every call
  --help                  this text

In n8n, make a "Keap API" credential with the key and set its base URL to the address that is printed.
`;

export interface CliOptions {
	help: boolean;
	quiet: boolean;
	key: string;
	sandbox: SandboxOptions;
}

const SECOND_MODES: readonly SecondMode[] = ['rolling', 'spikeArrest', 'slowSpike', 'tokenBucket', 'none'];
const MINUTE_MODES: readonly MinuteMode[] = ['rolling', 'fixedClock', 'fixedFirst', 'none'];

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((mode) => mode === value);
	if (!found) throw new Error(`--${option} must be one of ${allowed.join(', ')}, not "${value}"`);
	return found;
}

function numberFrom(option: string, value: string, least: number, most = Infinity): number {
	const number = value.trim() === '' ? NaN : Number(value);
	if (!(number >= least && number <= most))
		throw new Error(`--${option}: "${value}" must be a number of at least ${least}${most < Infinity ? ` and at most ${most}` : ''}`);
	return number;
}

function limitsFrom(text: string): Limits {
	const parts = text.split('/');
	if (parts.length !== 3) throw new Error(`--limits must be three numbers like 5/120/15000, not "${text}"`);
	const [perSecond = NaN, perMinute = NaN, perDay = NaN] = parts.map((part) => numberFrom('limits', part, 0.01));
	return { perSecond, perMinute, perDay };
}

/** Reads the command line. @throws Error that names the option and what it takes. */
export function readCliOptions(args: readonly string[]): CliOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			port: { type: 'string', default: '0' },
			key: { type: 'string', default: 'sandbox-key' },
			limits: { type: 'string', default: '5/120/15000' },
			'second-mode': { type: 'string', default: 'rolling' },
			'minute-mode': { type: 'string', default: 'rolling' },
			latency: { type: 'string', default: '0' },
			quiet: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.key === '') throw new Error('--key must not be empty');
	return {
		help: values.help,
		quiet: values.quiet,
		key: values.key,
		sandbox: {
			port: numberFrom('port', values.port, 0, 65_535),
			keys: { 'limited-key': 'limited', [values.key]: 'full' },
			limits: limitsFrom(values.limits),
			secondMode: oneOf('second-mode', values['second-mode'], SECOND_MODES),
			minuteMode: oneOf('minute-mode', values['minute-mode'], MINUTE_MODES),
			latencyMs: numberFrom('latency', values.latency, 0),
		},
	};
}
