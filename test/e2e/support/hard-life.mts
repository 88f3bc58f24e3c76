// A life of a booking in which everything fails once: what a look for leaks looks at.
import { z } from 'zod';
import { openDesk } from '../../../playground/src/desk.mts';
import type { Playground } from '../../../playground/src/playground.mts';
import { readRecordings } from '../../nodes/shared/events/recordings.mts';
import { deliverSigned, waitFor } from './e2e.mts';
import type { Gate } from './door.mts';
import { BY_HAND, OPEN_PATH, PROBE_PATH } from './leak-probes.mts';

/** What Cal.com may put into a delivery. */
export const DELIVERED = {
	oneTimePassword: '1f0c1cba-0000-4000-8000-canaryotp001',
	videoPassword: 'video-Canary-a1b2c3d4',
	recordingToken: 'recording-Canary-e5f6a7b8',
};
const PERSON = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: '+442079460123',
	timeZone: 'Europe/London',
	language: 'en',
};
const deliverySchema = z.object({ payload: z.record(z.unknown()) }).passthrough();

function expectStatus(status: number, { status: found }: { status: number }): void {
	if (found !== status) throw new Error(`Answered ${String(found)} instead of ${String(status)}.`);
}

/** Resolves with what a run says: `success`, or its error. */
const saying = (run: Promise<unknown>): Promise<string> =>
	run.then(
		() => 'success',
		(error: unknown) => String(error),
	);

/** Waits until no template runs. */
const idle = (playground: Playground) =>
	waitFor(
		'all executions to end',
		async () =>
			(await Promise.all(Object.values(playground.workflows).map((id) => playground.editor.executions(id, 100))))
				.flat()
				.every(({ status }) => status !== 'running' && status !== 'new'),
		{ timeout: 120_000, interval: 500 },
	);

/** A recorded delivery with the secrets that Cal.com may put into one, to everybody who listens. */
async function deliverSecrets({ calcom, n8n }: Playground): Promise<void> {
	const recorded = readRecordings()
		.find(({ number }) => number === '001')!
		.bytes.toString();
	const { oneTimePassword, videoPassword, recordingToken } = DELIVERED;
	const link = `https://app.cal.example/api/video/recording?token=${recordingToken}`;
	const delivery = deliverySchema.parse(JSON.parse(recorded));
	const videoCallData = { type: 'daily_video', id: 'r', password: videoPassword, url: 'https://x.daily.co/r' };
	const secrets = { oneTimePassword, videoCallData, downloadLink: link };
	const body = JSON.stringify({ ...delivery, payload: { ...delivery.payload, ...secrets } });
	const ready = JSON.stringify({
		triggerEvent: 'RECORDING_READY',
		createdAt: '2026-11-20T10:00:00.000Z',
		payload: {
			...delivery.payload,
			downloadLink: link,
			downloadLinks: { recording: link },
		},
	});
	const hooks = [
		...calcom.state.webhooks.map(({ subscriberUrl, secret }) => ({
			url: subscriberUrl,
			secret: secret ?? '',
		})),
		{ url: `${n8n.url}${PROBE_PATH}`, secret: BY_HAND.webhookSecret },
		{ url: `${n8n.url}${PROBE_PATH}`, secret: BY_HAND.previousWebhookSecret },
		{ url: `${n8n.url}${OPEN_PATH}`, secret: BY_HAND.webhookSecret },
	];
	for (const hook of hooks)
		for (const one of [body, ready]) {
			expectStatus(200, await deliverSigned(hook, one));
			expectStatus(401, await deliverSigned({ ...hook, secret: 'guessed' }, one));
		}
}

/**
 * Lives it: deliveries right and forged, reminders, replies, syncs and actions, with Cal.com answering 401 and 500,
 * Twilio refusing and PostgreSQL away.
 * @param postgres the door to PostgreSQL that the credential goes through
 * @param caller the secret header of those who call the templates' webhooks
 * @returns what each of the runs said that had to fail
 */
export async function live(playground: Playground, postgres: Gate, caller: string): Promise<string[]> {
	const { calcom, db, editor, n8n, run, twilio } = playground;
	const attempt = (slug: string) => saying(run(slug));
	const probe = (name: string) => saying(editor.run(`leaks-${name}`, 'Start'));
	const post = (path: string, body: Record<string, unknown>) =>
		fetch(`${n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-calcom-secret': caller },
			body: JSON.stringify(body),
		});
	const desk = openDesk(calcom);
	const failed: string[] = [];
	await db.query("INSERT INTO calcom.services (name, slug) VALUES ('Level Check', 'level-check')");
	const booked = await desk.book(PERSON);
	await deliverSecrets(playground);
	await post('calcom-book', { action: 'slots', service: 'Level Check' });
	await post('calcom-actions', { action: 'cancel', uid: 'nobody' });
	for (const slug of ['03-appointment-reminders', '05-service-sync', '09-sync-health']) await attempt(slug);

	for (const status of [401, 500]) {
		calcom.failNextRequests(1_000, status);
		failed.push(await attempt('05-service-sync'), await probe('me'), await probe('signed-in'));
		await post('calcom-actions', { action: 'cancel', uid: booked.uid });
		calcom.failNextRequests(0, status);
	}
	await probe('webhooks');
	await probe('me');
	failed.push(await probe('signed-in'));

	await desk.book(PERSON);
	twilio.failNext(100, 401);
	await attempt('03-appointment-reminders');
	twilio.failNext(0, 401);
	twilio.fate(PERSON.phoneNumber, { status: 'failed', errorCode: 30006 });
	await db.query("UPDATE calcom.reminders SET due_at = now() - interval '1 minute'");
	await attempt('03-appointment-reminders');
	await twilio.settled();
	await twilio.reply(PERSON.phoneNumber, 'X');

	// Twilio is asked about a message and does not say: for a moment in each way, and then at all.
	for (const gust of [
		{ status: 429, count: 3 },
		{ status: 500, count: 3 },
		{ status: 'cut' as const, count: 3 },
		{ status: 401, count: 6 },
	]) {
		twilio.storm([gust]);
		await twilio.reply(PERSON.phoneNumber, 'Hello');
		await idle(playground);
	}
	expectStatus(503, { status: twilio.calls.findLast(({ kind }) => kind === 'inbound')?.status ?? 0 });
	const [sms] = twilio.state.messages.filter(({ direction }) => direction === 'outbound-api');
	twilio.storm([{ status: 'cut', count: 6 }]);
	await twilio.advance(sms?.sid ?? '', 'delivered');
	expectStatus(503, { status: twilio.calls.findLast(({ kind }) => kind === 'status')?.status ?? 0 });
	await idle(playground);
	await postgres.shut();
	await desk.book(PERSON);
	failed.push(await attempt('03-appointment-reminders'), await attempt('09-sync-health'));
	await post('calcom-actions', { action: 'cancel', uid: booked.uid });
	await idle(playground);
	await postgres.open();
	expectStatus(403, await fetch(`${n8n.url}/webhook/calcom-sms-replies`, { method: 'POST', body: 'Body=X' }));
	await idle(playground);
	return failed;
}
