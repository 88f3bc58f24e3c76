import type { IDataObject } from 'n8n-workflow';

/** What free times are asked of: an event type by its id or by its names, or several people at once. */
export type SlotTarget =
	| { kind: 'id'; eventTypeId: number }
	| { kind: 'user'; username: string; eventTypeSlug: string; organizationSlug: string | null }
	| { kind: 'team'; teamSlug: string; eventTypeSlug: string; organizationSlug: string | null }
	| { kind: 'people'; usernames: readonly string[]; organizationSlug: string | null };

const organization = (slug: string | null): IDataObject => (slug === null ? {} : { organizationSlug: slug });

/** The part of the query that names the target. */
export function targetQuery(target: SlotTarget): IDataObject {
	switch (target.kind) {
		case 'id':
			return { eventTypeId: target.eventTypeId };
		case 'user':
			return {
				eventTypeSlug: target.eventTypeSlug,
				username: target.username,
				...organization(target.organizationSlug),
			};
		case 'team':
			return {
				eventTypeSlug: target.eventTypeSlug,
				teamSlug: target.teamSlug,
				...organization(target.organizationSlug),
			};
		case 'people':
			return { usernames: target.usernames.join(','), ...organization(target.organizationSlug) };
	}
}

/** What the output says of the target, so that a later node can book there. All keys always present. */
export function targetOutput(target: SlotTarget): IDataObject {
	return {
		eventTypeId: target.kind === 'id' ? target.eventTypeId : null,
		eventTypeSlug: target.kind === 'user' || target.kind === 'team' ? target.eventTypeSlug : null,
		username: target.kind === 'user' ? target.username : null,
		teamSlug: target.kind === 'team' ? target.teamSlug : null,
		usernames: target.kind === 'people' ? [...target.usernames] : [],
		organizationSlug: target.kind === 'id' ? null : target.organizationSlug,
	};
}
