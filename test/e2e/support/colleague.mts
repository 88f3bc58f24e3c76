// Somebody who is new in the n8n of the test run: with workflows, credentials and data tables of their own, none to
// begin with. What other tests have saved is not theirs to see.
import { randomUUID } from 'node:crypto';
import { ofetch } from 'ofetch';
import { z } from 'zod';
import { type Editor, editorOf } from '../../../playground/src/n8n/editor.mts';

const invitedSchema = z.object({
	data: z.tuple([z.object({ user: z.object({ id: z.string(), inviteAcceptUrl: z.string() }) })]),
});

export interface Colleague {
	/** n8n's editor, signed in as the colleague. */
	editor: Editor;
	/** Takes everything that is theirs along. */
	leave(): Promise<void>;
}

/** Invites somebody and accepts for them. */
export async function inviteColleague(owner: Editor): Promise<Colleague> {
	const email = `colleague-${randomUUID()}@example.com`;
	const post = (path: string, body: unknown[] | Record<string, unknown>) =>
		ofetch.raw<unknown, 'json'>(`${owner.url}/rest${path}`, {
			method: 'POST',
			headers: { cookie: owner.cookie },
			body,
			retry: 0,
			responseType: 'json',
		});
	const invited = await post('/invitations', [{ email, role: 'global:member' }]);
	const { id, inviteAcceptUrl } = invitedSchema.parse(invited._data).data[0].user;
	const accepted = await post('/invitations/accept', {
		token: new URL(inviteAcceptUrl).searchParams.get('token'),
		firstName: 'New',
		lastName: 'Colleague',
		password: `Aa1${randomUUID()}`,
	});
	const cookie = accepted.headers
		.getSetCookie()
		.map((text) => text.split(';')[0])
		.join('; ');
	return {
		editor: editorOf(owner.url, cookie),
		async leave() {
			await owner.request(`/users/${id}`, 'DELETE');
		},
	};
}
