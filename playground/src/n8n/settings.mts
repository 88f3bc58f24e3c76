// The environment n8n is started with: its own folder and ports, nothing that reaches out, no pop-ups.

export interface N8nDatabase {
	host: string;
	port: number;
	user: string;
	password: string;
	database: string;
}

/** A proxy for everything that goes out over https, but not to this machine. */
export interface N8nProxy {
	/** `http://127.0.0.1:port` */
	proxyUrl: string;
	/** PEM file of the authority that the proxy's certificates come from. */
	caFile: string;
}

export interface N8nPlace {
	userFolder: string;
	port: number;
	/** Port between n8n and its task runner. */
	brokerPort: number;
	/** Key that n8n encrypts credentials with; the same at every start. */
	encryptionKey: string;
	/** n8n's own database; SQLite in the user folder when absent. */
	database?: N8nDatabase;
	proxy?: N8nProxy;
}

/** Settings of another n8n, or of the tool that started us, that must not leak in. */
const FOREIGN = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_|GENERIC_|NODE_ENV$|NODE_OPTIONS$|JEST_|npm_|PG)/;

/** n8n's environment from ours. `extra` wins over everything. */
export function n8nEnvironment(
	place: N8nPlace,
	extra: Record<string, string> = {},
	ours: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
	const kept = Object.fromEntries(Object.entries(ours).filter(([name]) => !FOREIGN.test(name)));
	return {
		...kept,
		NODE_ENV: 'production',
		N8N_USER_FOLDER: place.userFolder,
		N8N_ENCRYPTION_KEY: place.encryptionKey,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_WEBHOOK_URL: `http://127.0.0.1:${String(place.port)}/`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${String(place.port)}/`,
		// The editor is opened over plain http on loopback.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_PYTHON_ENABLED: 'false',
		// It asks a server on the internet for a catalogue, and logs an error where there is none.
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		...databaseSettings(place.database),
		...proxySettings(place.proxy),
		...extra,
	};
}

function databaseSettings(database?: N8nDatabase): Record<string, string> {
	if (!database) return { DB_TYPE: 'sqlite' };
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: database.host,
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
		DB_POSTGRESDB_DATABASE: database.database,
	};
}

/** In both spellings: where both are there, the small one wins. */
function proxySettings(proxy?: N8nProxy): Record<string, string> {
	if (!proxy) return {};
	const [https, except] = [proxy.proxyUrl, '127.0.0.1,localhost'];
	return {
		HTTPS_PROXY: https,
		https_proxy: https,
		NO_PROXY: except,
		no_proxy: except,
		NODE_EXTRA_CA_CERTS: proxy.caFile,
	};
}
