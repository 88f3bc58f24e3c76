import { badRequest, forbidden, invalid } from '../errors.mts';
import { isObject } from '../json.mts';
import type { Json } from '../json.mts';
import { eventTypeOf } from '../store.mts';
import type { Booking } from '../types.mts';
import { nowIso } from '../world.mts';
import type { World } from '../world.mts';
import { newVideoCall, placeOf, videoCallUrlOf } from './location.mts';

/** Moves a booking to another place. Nobody is told. @throws ApiError 400, or 403 for someone else's booking */
export function changeLocation(world: World, booking: Booking, userId: number, location: Json | undefined): void {
	const eventType = eventTypeOf(world.state, booking);
	const team = world.state.teams.find(({ id }) => id === eventType.teamId);
	if (booking.userId !== userId && !eventType.hostIds.includes(userId) && team?.ownerId !== userId)
		throw forbidden(
			'User is not authorized to update this booking location. User must be the event type owner, host, team admin or owner, or org admin or owner.',
		);
	if (!isObject(location)) throw badRequest('location property is wrong,location must be an object ');
	if (location['type'] === 'link' && !URL.canParse(String(location['link'])))
		throw invalid({ location }, [
			{
				property: 'location',
				value: location,
				constraints: {
					ValidateUpdateLocation:
						'UpdateBookingInputLocationValidator_2024_08_13 - Validation failed for link location: link must be a URL address',
				},
			},
		]);
	const place = placeOf(location, true);
	booking.location = place.raw;
	booking.video = newVideoCall(place.kind);
	booking.videoCallUrl = videoCallUrlOf(world.state.bookerUrl, booking.uid, booking.video, place);
	if (booking.responses && place.answer) booking.responses['location'] = place.answer;
	booking.updatedAt = nowIso(world);
}
