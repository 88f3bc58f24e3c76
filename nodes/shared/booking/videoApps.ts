/** Cal.com's name for a video app ("integrations:…" without its beginning, or the type of videoCallData) -> people's name. */
const LABELS: ReadonlyMap<string, string> = new Map([
	['daily', 'Cal Video'],
	['jitsi', 'Jitsi Meet'],
	['zoom', 'Zoom'],
	['google:meet', 'Google Meet'],
	['google', 'Google Meet'],
	['google_meet', 'Google Meet'],
	['office365', 'Microsoft Teams'],
	['msteams', 'Microsoft Teams'],
	['webex', 'Webex'],
	['whereby', 'Whereby'],
	['huddle01', 'Huddle01'],
	['tandem', 'Tandem'],
	['discord', 'Discord'],
	['facetime', 'FaceTime'],
	['mirotalk', 'MiroTalk'],
	['riverside', 'Riverside'],
	['eightxeight', '8x8'],
	['whatsapp', 'WhatsApp'],
	['telegram', 'Telegram'],
	['signal', 'Signal'],
	['skype', 'Skype'],
]);

/** Where the rooms of video apps are: the host's last parts -> Cal.com's name for the app. */
const HOSTS: ReadonlyMap<string, string> = new Map([
	['meet.jit.si', 'jitsi'],
	['zoom.us', 'zoom'],
	['meet.google.com', 'google:meet'],
	['teams.microsoft.com', 'msteams'],
	['teams.live.com', 'msteams'],
	['webex.com', 'webex'],
	['whereby.com', 'whereby'],
]);

/** The app whose rooms a link leads to, by its host; null for any other link. */
export function videoAppOf(url: string): string | null {
	if (!URL.canParse(url)) return null;
	const parts = new URL(url).hostname.split('.');
	for (let from = 0; from < parts.length - 1; from++) {
		const app = HOSTS.get(parts.slice(from).join('.'));
		if (app !== undefined) return app;
	}
	return null;
}

/** What people call a video app; an unknown one by its own name, capitalised: "campfire_video" is "Campfire". */
export function videoAppLabel(app: string): string {
	const bare = app.toLowerCase().replace(/_(video|conferencing)$/, '');
	const words = bare.split(/[\s:_-]+/).filter((word) => word !== '');
	const named = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
	return LABELS.get(bare) ?? (named === '' ? 'Video call' : named);
}
