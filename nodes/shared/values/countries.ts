/** How a country's national numbers become international ones. */
export interface NumberingPlan {
	/** The calling code without "+". */
	code: string;
	/** The 0 that people dial first at home: needed, allowed, or not a part of the plan. */
	trunk: 'required' | 'optional' | 'none';
	/** A whole national number, digits only, without the trunk 0. Strict: what it does not match is refused. */
	national: RegExp;
}

const NORTH_AMERICA: NumberingPlan = { code: '1', trunk: 'none', national: /^[2-9]\d{2}[2-9]\d{6}$/ };

/**
 * ISO 3166 alpha-2 -> plan. Source: the national numbering plans (ITU E.164); only countries whose plan
 * one pattern can tell safely. Any number written internationally works without being here.
 */
export const NUMBERING_PLANS: ReadonlyMap<string, NumberingPlan> = new Map<string, NumberingPlan>([
	['AE', { code: '971', trunk: 'required', national: /^(5[024-68]\d{7}|[2-4679]\d{7})$/ }],
	['AT', { code: '43', trunk: 'required', national: /^6(5|6|7|8|9)\d{7,9}$/ }],
	['AU', { code: '61', trunk: 'required', national: /^[2-478]\d{8}$/ }],
	['BE', { code: '32', trunk: 'required', national: /^(4\d{8}|[1-35-9]\d{7})$/ }],
	['CA', NORTH_AMERICA],
	['CH', { code: '41', trunk: 'required', national: /^[2-9]\d{8}$/ }],
	['CZ', { code: '420', trunk: 'none', national: /^[2-7]\d{8}$/ }],
	['DE', { code: '49', trunk: 'required', national: /^(1[5-7]\d{8,9}|[2-9]\d{6,10})$/ }],
	['DK', { code: '45', trunk: 'none', national: /^[2-9]\d{7}$/ }],
	['ES', { code: '34', trunk: 'none', national: /^[6-9]\d{8}$/ }],
	['FI', { code: '358', trunk: 'required', national: /^(4\d{7,9}|50\d{6,8})$/ }],
	['FR', { code: '33', trunk: 'required', national: /^[1-9]\d{8}$/ }],
	['GB', { code: '44', trunk: 'required', national: /^[1-37-9]\d{9}$/ }],
	['GR', { code: '30', trunk: 'none', national: /^(2\d{9}|69\d{8})$/ }],
	['HK', { code: '852', trunk: 'none', national: /^[2-9]\d{7}$/ }],
	['IE', { code: '353', trunk: 'required', national: /^(8[35-9]\d{7}|1\d{7})$/ }],
	['IL', { code: '972', trunk: 'required', national: /^(5\d{8}|[2-489]\d{7})$/ }],
	['IN', { code: '91', trunk: 'optional', national: /^[6-9]\d{9}$/ }],
	['IT', { code: '39', trunk: 'none', national: /^(3\d{8,9}|0[1-9]\d{5,9})$/ }],
	['LU', { code: '352', trunk: 'none', national: /^6[269]1\d{6}$/ }],
	['NL', { code: '31', trunk: 'required', national: /^[1-9]\d{8}$/ }],
	['NO', { code: '47', trunk: 'none', national: /^[2-9]\d{7}$/ }],
	['NZ', { code: '64', trunk: 'required', national: /^(2\d{7,9}|[34679]\d{7})$/ }],
	['PL', { code: '48', trunk: 'none', national: /^[1-9]\d{8}$/ }],
	['PT', { code: '351', trunk: 'none', national: /^[29]\d{8}$/ }],
	['SE', { code: '46', trunk: 'required', national: /^(7[02369]\d{7}|8\d{6,8})$/ }],
	['SG', { code: '65', trunk: 'none', national: /^[3689]\d{7}$/ }],
	['TR', { code: '90', trunk: 'optional', national: /^[2-5]\d{9}$/ }],
	['US', NORTH_AMERICA],
	['ZA', { code: '27', trunk: 'required', national: /^[1-8]\d{8}$/ }],
]);

const ZONES_BY_COUNTRY: Readonly<Record<string, string>> = {
	AE: 'Asia/Dubai',
	AT: 'Europe/Vienna',
	AU: 'Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Hobart Australia/Darwin Australia/Canberra',
	BE: 'Europe/Brussels',
	CA: 'America/Toronto America/Montreal America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Regina America/St_Johns',
	CH: 'Europe/Zurich',
	CZ: 'Europe/Prague',
	DE: 'Europe/Berlin',
	DK: 'Europe/Copenhagen',
	ES: 'Europe/Madrid Atlantic/Canary Africa/Ceuta',
	FI: 'Europe/Helsinki',
	FR: 'Europe/Paris',
	GB: 'Europe/London',
	GR: 'Europe/Athens',
	HK: 'Asia/Hong_Kong',
	IE: 'Europe/Dublin',
	IL: 'Asia/Jerusalem Asia/Tel_Aviv',
	IN: 'Asia/Kolkata Asia/Calcutta',
	IT: 'Europe/Rome',
	LU: 'Europe/Luxembourg',
	NL: 'Europe/Amsterdam',
	NO: 'Europe/Oslo',
	NZ: 'Pacific/Auckland',
	PL: 'Europe/Warsaw',
	PT: 'Europe/Lisbon Atlantic/Madeira Atlantic/Azores',
	SE: 'Europe/Stockholm',
	SG: 'Asia/Singapore',
	TR: 'Europe/Istanbul Asia/Istanbul',
	US: 'America/New_York America/Detroit America/Chicago America/Denver America/Phoenix America/Boise America/Los_Angeles America/Anchorage America/Indiana/Indianapolis Pacific/Honolulu',
	ZA: 'Africa/Johannesburg',
};

/** IANA zone -> country. A zone missing here is one from which no country is guessed. */
export const COUNTRY_OF_ZONE: ReadonlyMap<string, string> = new Map(
	Object.entries(ZONES_BY_COUNTRY).flatMap(([country, zones]) =>
		zones.split(' ').map((zone): [string, string] => [zone, country]),
	),
);
