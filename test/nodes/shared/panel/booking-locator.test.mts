import type { INodePropertyMode } from 'n8n-workflow';
import { z } from 'zod';
import { bookingLocator } from '../../../../nodes/shared/panel/locators.ts';

const byUrl: INodePropertyMode | undefined = bookingLocator().modes?.find(({ name }) => name === 'url');
const { regex } = z.object({ type: z.literal('regex'), regex: z.string() }).parse(byUrl?.extractValue);

/** As n8n takes the UID out of what stands in the panel: the one group. */
const uidIn = (address: string) => new RegExp(regex).exec(address)?.[1];

test.each([
	['https://app.cal.com/booking/8j9u7aVb2nq4', '8j9u7aVb2nq4'],
	['https://app.cal.com/booking/8j9u7aVb2nq4?changes=true#top', '8j9u7aVb2nq4'],
	['https://cal.com/reschedule/8j9u7aVb2nq4/', '8j9u7aVb2nq4'],
	['http://localhost:3000/video/8j9u7aVb2nq4', '8j9u7aVb2nq4'],
	['https://cal.example.com/calendar/booking/8j9u7aVb2nq4', '8j9u7aVb2nq4'],
	[' https://cal.example.com/booking/8j9u7aVb2nq4 ', '8j9u7aVb2nq4'],
	['https://cal.example.com/ada/level-check', undefined],
	['https://cal.example.com/?next=/booking/8j9u7aVb2nq4', undefined],
	['8j9u7aVb2nq4', undefined],
])('in %j is the booking %s', (address, uid) => {
	expect(uidIn(address)).toBe(uid);
});
