/** One rule of the user's: which bookings are a "Level Check", a "Trial" … */
export interface BookingTypeRule {
	/** Whether the title of the booking or event type contains the value, or the event type's slug is the value. */
	match: 'titleContains' | 'slugIs';
	/** Compared without regard to letter case. A blank one matches nothing. */
	value: string;
	/** The booking type's name. */
	name: string;
}

export interface BookingTypeFacts {
	bookingTitle: string | null;
	eventTypeTitle: string | null;
	eventTypeSlug: string | null;
}

/** The name of the first rule that matches, else the default name (null when there is none). */
export function bookingTypeOf(
	facts: BookingTypeFacts,
	rules: readonly BookingTypeRule[],
	defaultName: string | null,
): string | null {
	return rules.find((rule) => matches(rule, facts))?.name ?? defaultName;
}

function matches(rule: BookingTypeRule, facts: BookingTypeFacts): boolean {
	const value = rule.value.trim().toLowerCase();
	if (value === '') return false;
	if (rule.match === 'slugIs') return facts.eventTypeSlug?.toLowerCase() === value;
	return contains(facts.bookingTitle, value) || contains(facts.eventTypeTitle, value);
}

function contains(title: string | null, value: string): boolean {
	return title !== null && title.toLowerCase().includes(value);
}
