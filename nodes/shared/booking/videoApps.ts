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

/** What people call a video app; an unknown one by its own name, capitalised: "campfire_video" is "Campfire". */
export function videoAppLabel(app: string): string {
	const bare = app.toLowerCase().replace(/_(video|conferencing)$/, '');
	const words = bare.split(/[\s:_-]+/).filter((word) => word !== '');
	const named = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
	return LABELS.get(bare) ?? (named === '' ? 'Video call' : named);
}
