import { identifier, own, text } from '../../../shared/values/readers';
import type { SyncResource } from '../../resource';
import { settableValue } from './body';
import { FIELDS } from './fields';
import { openEventTypes } from './side';

export { eventTypePresets } from './presets';

/** Event types of Cal.com, kept in step with services of the user's. */
export const eventTypes: SyncResource = {
	fields: FIELDS,
	identity: (object) => ({
		id: identifier(object.id) ?? '',
		slug: text(object.slug),
		title: text(object.title),
		updatedAt: null,
	}),
	valueOf: own,
	canSet: (field, _from, to, object) => settableValue(field, to, object),
	bookable(object) {
		if (object.hidden === true) return { can_be_booked: false, reason: 'It is hidden in Cal.com' };
		if (object.schedulingType === 'managed') {
			return { can_be_booked: false, reason: 'It is managed: each member of the team has one of their own' };
		}
		return { can_be_booked: true, reason: null };
	},
	creates: true,
	open: openEventTypes,
};
