// The two APIs that n8n's Twilio nodes speak with, as far as messages go: api.twilio.com and events.twilio.com.
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { TwilioError, notFound, unauthorized } from './errors.mts';
import { addSink, addSubscription, subscribe } from './events.mts';
import { draftOf } from './send.mts';
import type { Account, Message } from './types.mts';
import {
	accountView,
	eventsPageView,
	listPath,
	messageView,
	pageView,
	sinkView,
	subscribedEventView,
	subscriptionView,
} from './views.mts';
import { addMessage } from './world.mts';
import type { World } from './world.mts';

export const HOSTS = ['api.twilio.com', 'events.twilio.com'];

/** Basic authentication: an account's sid and token, or a key's sid and secret. Throws 401 for anything else. */
function authenticate(accounts: Account[], header: string | undefined): Account {
	const [scheme, text = ''] = (header ?? '').split(' ');
	const [name = '', secret] = Buffer.from(text, 'base64').toString('utf8').split(':');
	const account = accounts.find(
		({ sid, authToken, apiKeys }) =>
			(sid === name && authToken === secret) || apiKeys.some((key) => key.sid === name && key.secret === secret),
	);
	if (scheme?.toLowerCase() !== 'basic' || !account) throw unauthorized();
	return account;
}

/** `DateSent`, `DateSent>` and `DateSent<` take days, UTC. One that waits to be sent counts by when it was made. */
function wasSent(message: Message, query: URLSearchParams): boolean {
	const day = (message.sentAt ?? message.createdAt).slice(0, 10);
	const [on, from, until] = [query.get('DateSent'), query.get('DateSent>'), query.get('DateSent<')].map(
		(value) => value?.slice(0, 10) ?? null,
	);
	return (!on || day === on) && (!from || day >= from) && (!until || day <= until);
}

/** The newest first, as Twilio lists them. */
function matching(messages: Message[], account: Account, query: URLSearchParams): Message[] {
	const [to, from] = [query.get('To'), query.get('From')];
	return messages
		.filter((message) => message.accountSid === account.sid)
		.filter((message) => (!to || message.to === to) && (!from || message.from === from))
		.filter((message) => wasSent(message, query))
		.reverse();
}

const queryOf = (context: Context): URLSearchParams => new URL(context.req.url).searchParams;
const formOf = async (context: Context): Promise<URLSearchParams> => new URLSearchParams(await context.req.text());

function found<T>(item: T | undefined, context: Context): T {
	if (item === undefined) throw notFound(new URL(context.req.url).pathname);
	return item;
}

/** api.twilio.com */
function messaging(world: World): Hono {
	const { state } = world;
	const app = new Hono().basePath('/2010-04-01');
	/** The account of the path; it has to be the one of the credential. */
	const accountIn = (context: Context, sid: string | undefined): Account => {
		const account = authenticate(state.accounts, context.req.header('authorization'));
		return found(account.sid === sid ? account : undefined, context);
	};

	app.get('/Accounts.json', (context) => {
		const account = authenticate(state.accounts, context.req.header('authorization'));
		return context.json(
			pageView('accounts', '/2010-04-01/Accounts.json', queryOf(context), [accountView(account)]),
		);
	});
	app.get('/Accounts/:file{[^/]+\\.json}', (context) =>
		context.json(accountView(accountIn(context, context.req.param('file').slice(0, -5)))),
	);
	app.post('/Accounts/:sid/Messages.json', async (context) => {
		const account = accountIn(context, context.req.param('sid'));
		const draft = draftOf(state, account, Object.fromEntries(await formOf(context)));
		const message = addMessage(world, { ...draft, accountSid: account.sid, direction: 'outbound-api' });
		const view = messageView(message);
		world.deliver(message);
		return context.json(view, 201);
	});
	app.get('/Accounts/:sid/Messages.json', (context) => {
		const account = accountIn(context, context.req.param('sid'));
		const query = queryOf(context);
		const messages = matching(state.messages, account, query).map(messageView);
		return context.json(pageView('messages', listPath(account.sid), query, messages));
	});
	app.get('/Accounts/:sid/Messages/:file{[^/]+\\.json}', (context) => {
		const account = accountIn(context, context.req.param('sid'));
		const sid = context.req.param('file').slice(0, -5);
		const message = state.messages.find((one) => one.sid === sid && one.accountSid === account.sid);
		return context.json(messageView(found(message, context)));
	});
	return app;
}

/** events.twilio.com */
function eventStreams(world: World): Hono {
	const { state } = world;
	const app = new Hono().basePath('/v1');
	const sinkIn = (context: Context) =>
		found(
			state.sinks.find(({ sid }) => sid === context.req.param('sid')),
			context,
		);
	const subscriptionIn = (context: Context) =>
		found(
			state.subscriptions.find(({ sid }) => sid === context.req.param('sid')),
			context,
		);

	app.use(async (context, next) => {
		authenticate(state.accounts, context.req.header('authorization'));
		await next();
	});
	app.get('/Sinks', (context) => context.json(eventsPageView('sinks', 'Sinks', state.sinks.map(sinkView))));
	app.post('/Sinks', async (context) => context.json(sinkView(addSink(world, await formOf(context))), 201));
	app.get('/Sinks/:sid', (context) => context.json(sinkView(sinkIn(context))));
	app.delete('/Sinks/:sid', (context) => {
		state.sinks.splice(state.sinks.indexOf(sinkIn(context)), 1);
		return context.body(null, 204);
	});

	app.get('/Subscriptions', (context) =>
		context.json(eventsPageView('subscriptions', 'Subscriptions', state.subscriptions.map(subscriptionView))),
	);
	app.post('/Subscriptions', async (context) => {
		const { sid } = authenticate(state.accounts, context.req.header('authorization'));
		return context.json(subscriptionView(addSubscription(world, sid, await formOf(context))), 201);
	});
	app.get('/Subscriptions/:sid', (context) => context.json(subscriptionView(subscriptionIn(context))));
	app.delete('/Subscriptions/:sid', (context) => {
		state.subscriptions.splice(state.subscriptions.indexOf(subscriptionIn(context)), 1);
		return context.body(null, 204);
	});
	app.get('/Subscriptions/:sid/SubscribedEvents', (context) => {
		const subscription = subscriptionIn(context);
		const types = subscription.types.map((type) => subscribedEventView(subscription, type));
		return context.json(eventsPageView('types', `Subscriptions/${subscription.sid}/SubscribedEvents`, types));
	});
	app.post('/Subscriptions/:sid/SubscribedEvents', async (context) => {
		const subscription = subscriptionIn(context);
		return context.json(subscribedEventView(subscription, subscribe(subscription, await formOf(context))), 201);
	});
	return app;
}

/** Both, each under the name of its host: `/api.twilio.com/2010-04-01/…`. */
export function newApi(world: World): Hono {
	const app = new Hono({
		getPath: (request) => {
			const { hostname, pathname } = new URL(request.url);
			return `/${hostname}${pathname}`;
		},
	});
	app.route('/api.twilio.com', messaging(world));
	app.route('/events.twilio.com', eventStreams(world));
	app.notFound((context) => {
		const { body } = notFound(new URL(context.req.url).pathname);
		return context.json(body, 404);
	});
	app.onError((error, context) => {
		if (error instanceof TwilioError) return context.json(error.body, error.status as ContentfulStatusCode);
		throw error;
	});
	return app;
}
