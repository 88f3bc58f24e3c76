import { newHex, newUuid } from '../ids.mts';
import { isObject } from '../json.mts';
import type { JsonObject } from '../json.mts';
import type { Booking, VideoCall } from '../types.mts';

export interface Place {
	/** As stored: `integrations:daily`, an address, a number, a link. */
	raw: string;
	kind: 'daily' | 'jitsi' | 'link' | 'other';
	/** What is remembered of the booker's choice; absent when nothing was chosen. */
	answer?: JsonObject;
}

const textOf = (value: JsonObject, key: string): string => (typeof value[key] === 'string' ? value[key] : '');

/** API names of a location type -> how it is stored. `chosen` marks a choice of the booker. */
export function placeOf(location: JsonObject, chosen: boolean): Place {
	const answered = (value: string, optionValue = ''): Partial<Place> =>
		chosen ? { answer: { value, optionValue } } : {};
	switch (location['type']) {
		case 'integration': {
			const kind = location['integration'] === 'jitsi' ? 'jitsi' : 'daily';
			return { raw: `integrations:${kind}`, kind, ...answered(`integrations:${kind}`) };
		}
		case 'link':
			return { raw: textOf(location, 'link'), kind: 'link', ...answered('link') };
		case 'address':
			return { raw: textOf(location, 'address'), kind: 'other', ...answered('inPerson') };
		case 'phone':
			return { raw: textOf(location, 'phone'), kind: 'other', ...answered('userPhone') };
		case 'attendeePhone':
			return { raw: textOf(location, 'phone'), kind: 'other', ...answered('phone', textOf(location, 'phone')) };
		case 'attendeeAddress':
			return {
				raw: textOf(location, 'address'),
				kind: 'other',
				...answered('attendeeInPerson', textOf(location, 'address')),
			};
		case 'attendeeDefined':
			return {
				raw: textOf(location, 'location'),
				kind: 'other',
				...answered('somewhereElse', textOf(location, 'location')),
			};
		default:
			return { raw: 'integrations:daily', kind: 'daily', ...answered('integrations:daily') };
	}
}

const ASKED_OF_ATTENDEE: Record<string, string> = {
	attendeePhone: 'phone',
	attendeeAddress: 'attendeeInPerson',
	attendeeDefined: 'somewhereElse',
};

/** Where a booking takes place: the booker's choice, else the event type's first place, else Cal Video. */
export function chosenPlace(locations: JsonObject[], input: unknown): Place {
	if (isObject(input)) {
		const configured = locations.find((location) => location['type'] === input['type']);
		return placeOf({ ...configured, ...input }, true);
	}
	const [first] = locations;
	if (!first) return placeOf({ type: 'integration' }, false);
	// What only the attendee knows and did not say: Cal.com keeps the name of the question as the place.
	const asked = ASKED_OF_ATTENDEE[String(first['type'])];
	return asked === undefined ? placeOf(first, false) : { raw: asked, kind: 'other' };
}

export function newVideoCall(kind: Place['kind']): VideoCall | null {
	if (kind === 'daily') {
		const id = newHex(20);
		const password = `eyJhbGciOiJIUzI1NiJ9.${newHex(20)}.sig`;
		return { type: 'daily_video', id, password, url: `https://meetco.daily.co/${id}` };
	}
	if (kind === 'jitsi') {
		const id = newUuid();
		return { type: 'jitsi_video', id, password: '', url: `https://meet.jit.si/cal/${id}` };
	}
	return null;
}

/** The link people open: Cal Video's is a page of Cal.com itself, named after the booking. */
export function videoCallUrlOf(
	bookerUrl: string,
	uid: string,
	video: VideoCall | null,
	place: Pick<Place, 'kind' | 'raw'>,
): string | null {
	if (video?.type === 'daily_video') return `${bookerUrl}/video/${uid}`;
	if (video) return video.url;
	return place.kind === 'link' ? place.raw : null;
}

export function kindOf(raw: string): Place['kind'] {
	if (raw === 'integrations:daily') return 'daily';
	if (raw === 'integrations:jitsi') return 'jitsi';
	return /^https?:\/\//.test(raw) ? 'link' : 'other';
}

export const resolvedLocation = (booking: Booking): string => booking.videoCallUrl ?? booking.location;

/** The answer to the location question as deliveries show it, in Cal.com's key order. */
export function answeredLocation(booking: Booking, isNew: boolean): JsonObject {
	const isVideo = booking.location.startsWith('integrations:');
	return isVideo && isNew
		? { optionValue: '', value: booking.location }
		: { value: booking.location, optionValue: '' };
}
