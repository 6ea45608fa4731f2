import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isQueueMode, redisOfN8n } from '../../nodes/shared/throttle/redis/connection/n8nSettings';
import { PROJECT_ROOT } from '../support/engine-libraries';

interface Service {
	build?: string;
	image?: string;
	command?: string;
	stop_grace_period?: string;
	ports?: string[];
	environment?: Record<string, string>;
	volumes?: string[];
	healthcheck?: { test: string[] };
	depends_on?: Record<string, { condition: string }>;
}

const read = (...path: string[]): string => readFileSync(join(PROJECT_ROOT, ...path), 'utf8');
const text = read('examples/operating/compose.yml');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const operating = read('docs/operating.md');

const N8N = ['main', 'worker'] as const;
const service = (name: string): Service => {
	const found = services[name];
	if (found === undefined) throw new Error(`compose.yml has no service ${name}`);
	return found;
};
const environment = (name: string): Record<string, string> => service(name).environment ?? {};

/** Every setting that n8n knows by its own code. */
function knownToN8n(): Set<string> {
	const folder = join(PROJECT_ROOT, 'node_modules/@n8n/config/dist');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
	return new Set(
		files.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/Env\)?\('(\w+)'/g)].map(([, name = '']) => name)),
	);
}

/** Settings that n8n reads elsewhere than in its configuration, and the one that n8n 1 alone reads. */
const ELSEWHERE = new Set(['N8N_ENCRYPTION_KEY', 'QUEUE_WORKER_MAX_STALLED_COUNT', 'WEBHOOK_URL']);

describe('examples/operating/compose.yml', () => {
	it('runs the same image and the same settings in every process of n8n', () => {
		expect(Object.keys(services)).toEqual(['main', 'worker', 'postgres', 'redis']);
		for (const name of N8N) expect(service(name).build).toBe('.');
		expect(environment('worker')).toEqual(environment('main'));
		expect(service('main').command).toBeUndefined();
		expect(service('worker').command).toMatch(/^worker /);
	});

	it('has settings that n8n knows', () => {
		const known = knownToN8n();
		expect(known.size).toBeGreaterThan(100);
		expect(Object.keys(environment('main')).filter((name) => !known.has(name) && !ELSEWHERE.has(name))).toEqual([]);
	});

	it('is a queue mode in which our nodes find the Redis of the queue', () => {
		expect(isQueueMode(environment('main'), 'start')).toBe(true);
		const { addresses, kind } = redisOfN8n(environment('main'));
		expect(kind).toBe('single');
		expect(addresses).toEqual([{ host: 'redis', port: 6_379 }]);
		expect(service('redis').image).toMatch(/^redis:7/);
	});

	it('logs in to the database that it starts', () => {
		const { DB_POSTGRESDB_HOST, DB_POSTGRESDB_USER, DB_POSTGRESDB_DATABASE, DB_POSTGRESDB_PASSWORD, DB_TYPE } = environment('main');
		expect([DB_TYPE, DB_POSTGRESDB_HOST]).toEqual(['postgresdb', 'postgres']);
		expect(environment('postgres')).toEqual({
			POSTGRES_USER: DB_POSTGRESDB_USER,
			POSTGRES_DB: DB_POSTGRESDB_DATABASE,
			POSTGRES_PASSWORD: DB_POSTGRESDB_PASSWORD,
		});
	});

	it('waits for what it needs, which says when it is ready', () => {
		for (const name of N8N) {
			const needed = Object.entries(service(name).depends_on ?? {});
			expect(needed.map(([other]) => other)).toEqual(['postgres', 'redis']);
			for (const [other, { condition }] of needed) {
				expect(condition).toBe('service_healthy');
				expect(service(other).healthcheck?.test[0]).toMatch(/^CMD/);
			}
		}
	});

	it('lets n8n end by itself before Docker ends it', () => {
		for (const name of N8N) {
			const grace = Number(environment(name).N8N_GRACEFUL_SHUTDOWN_TIMEOUT);
			expect(grace).toBeGreaterThan(0);
			expect(Number(service(name).stop_grace_period?.replace(/s$/, ''))).toBeGreaterThan(grace);
		}
	});

	it('opens n8n to this machine alone, and keeps the database in a volume that it declares', () => {
		const ports = Object.values(services).flatMap((one) => one.ports ?? []);
		expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
		const mounted = Object.values(services).flatMap((one) => (one.volumes ?? []).map((volume) => volume.split(':')[0]));
		expect(mounted).toEqual(Object.keys(volumes));
		// A volume over n8n's folder would hide the package that the image has there.
		for (const name of N8N) expect(service(name).volumes).toBeUndefined();
	});

	it('asks for as many secrets as it says, and stops without one', () => {
		const asked = new Set(
			[...text.matchAll(/\$\{(\w+)(:\?[^}]+)?\}/g)].map(([, name, must]) => `${name} ${must === undefined ? 'optional' : 'must'}`),
		);
		expect([...asked].sort()).toEqual(['N8N_ENCRYPTION_KEY must', 'POSTGRES_PASSWORD must', 'WEBHOOK_URL must']);
		expect(text).toContain('set the three values in .env');
	});

	it('is what docs/operating.md says', () => {
		expect(operating).toContain(
			'(../examples/operating/compose.yml) is a queue mode with Postgres, Redis, one main and two workers from one image',
		);
		expect(text).toMatch(/worker:[\s\S]*replicas: 2/);
		for (const setting of ['N8N_ENCRYPTION_KEY', 'WEBHOOK_URL', 'N8N_GRACEFUL_SHUTDOWN_TIMEOUT', 'QUEUE_WORKER_MAX_STALLED_COUNT'])
			expect([setting, operating.includes(setting)]).toEqual([setting, true]);
		const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
		expect(operating).toContain(`FROM n8nio/n8n:${devDependencies['n8n-core']}\n`);
	});
});
