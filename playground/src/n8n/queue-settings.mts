// The settings that n8n is scaled with: what docs/queue-mode/compose.yaml tells people to use, and what the scaled
// playground runs with. A test holds the two together.
import type { N8nProxy } from './settings.mts';

/** main: editor, schedules, polling. webhook: takes deliveries. worker: runs workflows. */
export type Role = 'main' | 'webhook' | 'worker';

/** Settings of every process. */
const OF_ALL: Readonly<Record<string, string>> = {
	EXECUTIONS_MODE: 'queue',
	DB_TYPE: 'postgresdb',
	// As shipped it is 2: less than a worker runs at once, so that they would wait for each other.
	DB_POSTGRESDB_POOL_SIZE: '8',
	// What a person starts in the editor runs on a worker too, so that main stays free.
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	// A worker then says whether it is ready, as the others do anyway.
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	// As shipped it is 10 s, after which every process ends: a Redis that restarts may take longer to read its file.
	QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '60000',
	// There is one proxy in front.
	N8N_PROXY_HOPS: '1',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '30',
	// Each process has a folder of its own: a new one fetches the community packages that were installed in the editor.
	N8N_REINSTALL_MISSING_PACKAGES: 'true',
};

const OF_ROLE: Record<Role, Readonly<Record<string, string>>> = {
	// Deliveries are the webhook processes' alone: main stays free for schedules and for the editor.
	main: { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
	webhook: {},
	// How many workflows a worker runs at the same time.
	worker: { N8N_CONCURRENCY_PRODUCTION_LIMIT: '10' },
};

/** What a process of this role is started with, wherever it runs. */
export const queueSettings = (role: Role): Record<string, string> => ({ ...OF_ALL, ...OF_ROLE[role] });

/** Paths that webhook processes answer; everything else, `/webhook-test/` too, is main's. */
export const WEBHOOK_PATHS = ['/webhook/', '/webhook-waiting/', '/form/', '/form-waiting/', '/mcp/'];

export interface RedisPlace {
	host: string;
	port: number;
	password: string;
}

/** Where the others are, and where this process listens. */
export interface ScaledPlace {
	/** The one address that people and Cal.com use, without a slash at the end. */
	url: string;
	redis: RedisPlace;
	/** The port of a worker's health check; the other roles tell on their own port. */
	healthPort: number;
	proxy?: N8nProxy;
}

/** The settings that differ from place to place. */
export const placeSettings = ({ url, redis, healthPort }: ScaledPlace): Record<string, string> => ({
	N8N_WEBHOOK_URL: `${url}/`,
	N8N_EDITOR_BASE_URL: `${url}/`,
	QUEUE_BULL_REDIS_HOST: redis.host,
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	QUEUE_BULL_REDIS_PASSWORD: redis.password,
	QUEUE_HEALTH_CHECK_PORT: String(healthPort),
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
});
