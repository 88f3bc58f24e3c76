import { chosenPlace } from './answers';
import type { EventLocation, LocationType } from './model';
import type { VideoPage } from '../values/links';
import { plainLink, videoPage } from '../values/links';
import { sameSite } from '../values/hosts';
import type { NumberRegion } from '../values/phone';
import { looksLikePhone, toE164, withoutScheme } from '../values/phone';
import { trimmed } from '../values/readers';
import type { Payload } from './schema';
import { bookingUid } from './uid';
import { videoAppLabel, videoAppOf } from './videoApps';

const INTEGRATION = 'integrations:';

/** Cal.com's words for a place whose details are kept elsewhere, or not known yet. */
const SYMBOLIC: ReadonlyMap<string, { type: LocationType; label: string }> = new Map([
	['phone', { type: 'phone', label: 'Phone' }],
	['userPhone', { type: 'phone', label: 'Phone' }],
	['inPerson', { type: 'inPerson', label: 'In person' }],
	['attendeeInPerson', { type: 'inPerson', label: 'In person' }],
	['link', { type: 'link', label: 'Link' }],
	['conferencing', { type: 'video', label: 'Video call' }],
	['somewhereElse', { type: 'other', label: 'Somewhere else' }],
]);

/**
 * Whether `metadata.videoCallUrl` is another booking's link. Cal.com copies it along when a booking moves, also when the
 * move is only asked for, and to the later dates of a series. A Cal Video page names the uid that it is for; of another
 * app's link after a move, only one that names the new uid is known to be the new one.
 */
export function isStaleVideoUrl(event: string, payload: Payload): boolean {
	const url = trimmed(payload.metadata?.videoCallUrl);
	const uid = bookingUid(payload);
	if (url === null) return false;
	if (isPageOfAnother(url, payload)) return true;
	if (event !== 'BOOKING_RESCHEDULED' || payload.rescheduleUid === null || payload.rescheduleUid === uid)
		return false;
	return uid === null || !url.includes(uid);
}

/** As Cal.com makes uids: a UUID in letters and digits that look like no other. */
const UID = /^[1-9A-HJ-NP-Za-km-z]{21,22}$/;

/** Whether a link is a Cal Video page, and not this booking's. */
function isPageOfAnother(url: string, payload: Payload): boolean {
	const page = videoPage(url);
	const uid = bookingUid(payload);
	if (page === null || uid === null || page.uid === uid) return false;
	const isCalVideo = integrationOf(payload.location) === 'daily' || payload.videoCallData?.type === 'daily_video';
	const isHere = payload.bookerUrl === null ? UID.test(page.uid) : isAt(page, payload.bookerUrl);
	return isHere || page.uid === payload.rescheduleUid || isCalVideo;
}

/** Whether a link is this booking's page: nobody knows the uid before they book, so what they typed cannot be one. */
function isOwnPage(url: string, payload: Payload): boolean {
	const page = videoPage(url);
	if (page === null || page.uid !== bookingUid(payload)) return false;
	return payload.bookerUrl === null || isAt(page, payload.bookerUrl);
}

/** The pages of hosted Cal.com are at `cal.com` or an organization's part of it, those of Cal Video at `app.cal.com`. */
function isAt({ host }: VideoPage, bookerUrl: string): boolean {
	return URL.canParse(bookerUrl) && sameSite(host, new URL(bookerUrl).hostname);
}

/**
 * Where a booking takes place; null when nothing is known.
 *
 * @param staleVideoUrl See {@link isStaleVideoUrl}: that link is never used.
 * @param region For numbers written nationally.
 */
export function readLocation(payload: Payload, staleVideoUrl: boolean, region: NumberRegion): EventLocation | null {
	const chosen = chosenPlace(payload.responses);
	const place = payload.location ?? chosen.value;
	if (place === null) return null;

	// The place of a later date of a series can be the first one's page.
	if (isPageOfAnother(place, payload)) return video(videoAppLabel('daily'), joinUrl(payload, 'daily', staleVideoUrl));
	const url = plainLink(place);
	const app = integrationOf(place) ?? (url === null ? null : integrationOf(chosen.value));
	if (app !== null) return video(videoAppLabel(app), url ?? joinUrl(payload, app, staleVideoUrl));
	if (url !== null) return fromUrl(url, payload);

	const kind = SYMBOLIC.get(place) ?? SYMBOLIC.get(chosen.value ?? '');
	const details = SYMBOLIC.has(place) ? chosen.optionValue : place;
	if (kind === undefined) return fromText(place, region);
	if (details === null) return nowhereYet(kind, joinUrl(payload, null, staleVideoUrl));
	return fromKind(kind.type, details, payload, region);
}

function integrationOf(place: string | null): string | null {
	return place?.startsWith(INTEGRATION) ? place.slice(INTEGRATION.length) : null;
}

/**
 * The link to join where the place itself is none. Cal Video's own room address is not for people, and a
 * `videoCallUrl` in the metadata may be the booker's: Cal.com lays what they send over its own. So Cal.com's call data
 * count first, and of Cal Video only the page of this booking.
 */
function joinUrl(payload: Payload, app: string | null, staleVideoUrl: boolean): string | null {
	const isRoom = payload.videoCallData?.type === 'daily_video';
	const fromCallData = isRoom ? null : plainLink(payload.videoCallData?.url);
	if (fromCallData !== null) return fromCallData;
	const told = staleVideoUrl ? null : plainLink(payload.metadata?.videoCallUrl);
	if (told === null || !(isRoom || app === 'daily')) return told;
	return isOwnPage(told, payload) ? told : null;
}

function fromUrl(url: string, payload: Payload): EventLocation {
	if (isOwnPage(url, payload)) return video(videoAppLabel('daily'), url);
	if (payload.videoCallData !== null)
		return video(videoAppLabel(trimmed(payload.videoCallData.type) ?? 'daily'), url);
	const app = videoAppOf(url);
	return app === null ? { ...NO_PLACE, type: 'link', label: url, url } : video(videoAppLabel(app), url);
}

function fromText(place: string, region: NumberRegion): EventLocation {
	return looksLikePhone(place) ? phone(place, region) : inPerson(place);
}

/** What was typed decides over the kind that was chosen: a place changed later is not what was chosen at first. */
function fromKind(type: LocationType, details: string, payload: Payload, region: NumberRegion): EventLocation {
	if (type === 'other') return { ...NO_PLACE, type, label: details, address: details };
	const url = plainLink(details);
	if (url !== null) return type === 'video' ? video('Video call', url) : fromUrl(url, payload);
	return type === 'inPerson' ? inPerson(details) : fromText(details, region);
}

const NO_PLACE = { url: null, phone: null, address: null };

function nowhereYet(kind: { type: LocationType; label: string }, url: string | null): EventLocation {
	return { ...NO_PLACE, ...kind, url: kind.type === 'video' ? url : null };
}

function video(label: string, url: string | null): EventLocation {
	return { ...NO_PLACE, type: 'video', label, url };
}

function phone(place: string, region: NumberRegion): EventLocation {
	const written = withoutScheme(place) ?? place;
	return { ...NO_PLACE, type: 'phone', label: written, phone: toE164(written, region) ?? written };
}

function inPerson(address: string): EventLocation {
	return { ...NO_PLACE, type: 'inPerson', label: address, address };
}
