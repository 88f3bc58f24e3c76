import { listOf } from './listOf';

/** Lists when a Cal Video call ran, and who was in it. */
export const getConferencingSessions = listOf({
	option: {
		name: 'Get Conferencing Sessions',
		value: 'getConferencingSessions',
		action: 'Get the conferencing sessions of a booking',
		description: 'List when a Cal Video call ran, and who was in it',
	},
	path: '/conferencing-sessions',
});
