export interface LoggedRequest {
	method: string;
	/** As it came, query included. */
	path: string;
	status: number | null;
	at: string;
}

const UID =
	/\/(bookings|webhooks|reservations|event-types|schedules|attendees|by-seat|reassign|private-links|connections|teams|organizations|users|memberships|ooo|routing-forms|responses)\/(?!by-seat|reservations|default|event-types)[^/]+/g;

/** `POST /bookings/:id/cancel`: method and path without prefix, query and ids. */
function nameOf(method: string, path: string): string {
	const [pathname = ''] = path.split('?');
	return `${method} ${pathname.replace(/^\/(api\/)?v2/, '').replace(UID, '/$1/:id')}`;
}

/** Every API call, for those who count them. */
export class RequestLog {
	readonly entries: LoggedRequest[] = [];

	begin(method: string, path: string, at: Date): (status: number) => void {
		const entry: LoggedRequest = { method, path, status: null, at: at.toISOString() };
		this.entries.push(entry);
		return (status) => {
			entry.status = status;
		};
	}

	/** Calls by method and path, e.g. `{ 'GET /bookings': 3, 'POST /bookings/:id/cancel': 1 }`. */
	get counts(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { method, path } of this.entries) {
			const name = nameOf(method, path);
			counts[name] = (counts[name] ?? 0) + 1;
		}
		return counts;
	}

	clear(): void {
		this.entries.length = 0;
	}
}
