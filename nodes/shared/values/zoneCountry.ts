import { getTimezone } from 'countries-and-timezones';

/** Names that no country has for itself: a rule for clocks, not a place. */
const NO_PLACE = /^(?:Etc\/.*|[A-Z]{3,4}|[A-Z]{3}\d[A-Z]{3})$/;
/** Of these names in capitals each is a country's own. */
const COUNTRY_NAMES: ReadonlySet<string> = new Set(['PRC', 'ROC', 'ROK', 'NZ', 'GB']);

/**
 * The country (ISO 3166 alpha-2) that an IANA zone lies in: that of its city, also where others keep the same clock.
 * Null for zones of no place (UTC, CET, Etc/GMT+2). Source: IANA's own tables.
 */
export function countryOfZone(zone: string | null): string | null {
	if (zone === null || (NO_PLACE.test(zone) && !COUNTRY_NAMES.has(zone))) return null;
	return getTimezone(zone)?.countries[0] ?? null;
}
