import type { IDataObject } from 'n8n-workflow';
import { looksLikePhone } from '../../../shared/values/phone';
import type { Fields } from '../../../shared/values/readers';
import { fields, httpUrl, own, trimmed } from '../../../shared/values/readers';
import { readingOf } from './reading';

/** The form of a place, told from its text. */
type Form = 'link' | 'phone' | 'address';

function formOf(place: string): Form {
	if (httpUrl(place) !== null) return 'link';
	return looksLikePhone(place) ? 'phone' : 'address';
}

/** Cal.com's word for a place that the attendee gave -> the form it takes, and how the API calls it. */
const BY_ATTENDEE: Record<string, { form: Form; type: string; detail: string }> = {
	phone: { form: 'phone', type: 'attendeePhone', detail: 'phone' },
	attendeeInPerson: { form: 'address', type: 'attendeeAddress', detail: 'address' },
	somewhereElse: { form: 'address', type: 'attendeeDefined', detail: 'location' },
};

/**
 * A place as the API wants it: a link, a number or an address, by what the text looks like. Where the attendee chose
 * the kind of place (their own number or address) it stays of that kind.
 */
export function placeInput(place: string, booking: Fields): IDataObject {
	const form = formOf(place);
	const chosen =
		trimmed(own(fields(own(readingOf(booking).payload.responses ?? {}, 'location')) ?? {}, 'value')) ?? '';
	const kept = Object.hasOwn(BY_ATTENDEE, chosen) ? BY_ATTENDEE[chosen] : undefined;
	return kept?.form === form ? { type: kept.type, [kept.detail]: place } : { type: form, [form]: place };
}

/** What stands for a place that Cal.com fills in itself: an app's room, a number to be asked for. */
const NO_PLACE_OF_ITS_OWN =
	/^(integrations?:.*|conferencing|inPerson|attendeeInPerson|userPhone|phone|link|somewhereElse)$/i;
const APPS =
	/^(cal video|zoom|google meet|jitsi( meet)?|microsoft teams|ms teams|teams|webex|whereby|facetime|whatsapp|skype|discord)$/i;

/** Whether a text names a video app, whose rooms Cal.com makes itself, or only a kind of place. */
export function isNotAPlace(place: string): boolean {
	return NO_PLACE_OF_ITS_OWN.test(place) || APPS.test(place);
}
