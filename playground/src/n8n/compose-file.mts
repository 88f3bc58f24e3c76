// The compose file of docs/queue-mode, made from the settings that the scaled playground runs with, so that the page
// cannot promise what was not tried. `node playground/compose.mts` writes it; a test fails when that was forgotten.
import { REDIS_SETTINGS } from '../redis.mts';
import { type Role, WEBHOOK_PATHS, queueSettings } from './queue-settings.mts';

const N8N_VERSION = '2.41.1';
const REPLICAS: Record<Role, number> = { main: 1, webhook: 2, worker: 2 };
const PORT = 5678;

/** What every process is told of the others; the secrets come from `.env`. */
const PLACES = {
	N8N_ENCRYPTION_KEY: '${N8N_ENCRYPTION_KEY:?put it into .env}',
	N8N_WEBHOOK_URL: '${PUBLIC_URL:?put it into .env}/',
	N8N_EDITOR_BASE_URL: '${PUBLIC_URL:?put it into .env}/',
	DB_POSTGRESDB_HOST: 'postgres',
	DB_POSTGRESDB_DATABASE: 'n8n',
	DB_POSTGRESDB_USER: 'n8n',
	DB_POSTGRESDB_PASSWORD: '${POSTGRES_PASSWORD:?put it into .env}',
	QUEUE_BULL_REDIS_HOST: 'redis',
	QUEUE_BULL_REDIS_PASSWORD: '${REDIS_PASSWORD:?put it into .env}',
};

const lines = (indent: number, list: readonly string[]) =>
	list.map((line) => `${' '.repeat(indent)}${line}`).join('\n');
const mapping = (indent: number, values: Record<string, string>) =>
	lines(
		indent,
		Object.entries(values).map(([name, value]) => `${name}: '${value}'`),
	);

const readiness = `fetch("http://127.0.0.1:${String(PORT)}/healthz/readiness").then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;

const service = (role: Role, extra: readonly string[]) => `  ${role}:
    <<: *n8n
${lines(4, extra)}
    environment:
      <<: *places
${mapping(6, queueSettings(role))}
    deploy:
      replicas: ${String(REPLICAS[role])}
`;

const locations = WEBHOOK_PATHS.map((path) => `        location ${path} { proxy_pass http://webhooks; }`).join('\n');

const redisCommand = [
	'redis-server',
	'--requirepass',
	'$$REDIS_PASSWORD',
	'--save',
	"''",
	...Object.entries(REDIS_SETTINGS).flatMap(([name, value]) => [`--${name}`, value]),
].join(' ');

/** The text of docs/queue-mode/compose.yaml. */
export const composeFile =
	(): string => `# n8n in queue mode for the Cal.com templates: see ../queue-mode.md. Written by \`node playground/compose.mts\` from the
# settings that are tested; change those, not this file. Copy it beside a .env (see .env.example), then: docker compose up -d
name: n8n

x-places: &places
${mapping(2, PLACES)}

x-n8n: &n8n
  image: n8nio/n8n:${N8N_VERSION}
  restart: unless-stopped
  stop_grace_period: 45s
  depends_on:
    postgres: { condition: service_healthy }
    redis: { condition: service_healthy }
  healthcheck:
    test: ['CMD', 'node', '-e', '${readiness}']
    interval: 10s
    timeout: 5s
    retries: 6
    start_period: 90s

services:
  postgres:
    image: postgres:17.6
    restart: unless-stopped
    environment:
      POSTGRES_USER: 'n8n'
      POSTGRES_PASSWORD: '\${POSTGRES_PASSWORD:?put it into .env}'
      POSTGRES_DB: 'n8n'
    configs:
      # The templates' tables lie in a database of their own, beside n8n's.
      - { source: databases, target: /docker-entrypoint-initdb.d/databases.sql }
    volumes: ['postgres:/var/lib/postgresql/data']
    healthcheck:
      test: ['CMD-SHELL', 'pg_isready --username=n8n --dbname=n8n']
      interval: 5s
      timeout: 5s
      retries: 12

  redis:
    image: redis:7.4.2
    restart: unless-stopped
    environment:
      REDIS_PASSWORD: '\${REDIS_PASSWORD:?put it into .env}'
    command: ['sh', '-c', "exec ${redisCommand}"]
    volumes: ['redis:/data']
    healthcheck:
      test: ['CMD-SHELL', 'redis-cli -a "$$REDIS_PASSWORD" --no-auth-warning ping | grep -q PONG']
      interval: 5s
      timeout: 5s
      retries: 12

${service('main', ["volumes: ['main:/home/node/.n8n']"])}
${service('webhook', ['command: webhook', 'depends_on:', '  main: { condition: service_healthy }'])}
${service('worker', ['command: worker', 'depends_on:', '  main: { condition: service_healthy }'])}
  front:
    image: nginx:1.28.0
    restart: unless-stopped
    depends_on:
      main: { condition: service_healthy }
    ports: ['127.0.0.1:8080:80']
    configs:
      - { source: front, target: /etc/nginx/conf.d/default.conf }

configs:
  databases:
    content: |
      CREATE DATABASE calcom;
  front:
    # Without a retry of its own: nginx asks another process only where nothing was sent to the first one yet.
    content: |
      map $$http_upgrade $$connection_upgrade { default upgrade; '' ''; }
      map $$http_x_forwarded_proto $$public_proto { default $$http_x_forwarded_proto; '' $$scheme; }
      upstream webhooks {
        zone webhooks 64k;
        resolver 127.0.0.11 valid=10s;
        server webhook:${String(PORT)} resolve;
      }
      upstream main {
        zone main 64k;
        resolver 127.0.0.11 valid=10s;
        server main:${String(PORT)} resolve;
      }
      server {
        listen 80;
        client_max_body_size 16m;
        proxy_http_version 1.1;
        proxy_set_header Host $$host;
        proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $$public_proto;
        proxy_set_header Upgrade $$http_upgrade;
        proxy_set_header Connection $$connection_upgrade;
${locations}
        location / { proxy_pass http://main; }
      }

volumes:
  postgres:
  redis:
  main:
`;
