import { listOf } from './listOf';

/** Lists the recordings of a Cal Video call. */
export const getRecordings = listOf({
	option: {
		name: 'Get Recordings',
		value: 'getRecordings',
		action: 'Get the recordings of a booking',
		description: 'List the recordings of a Cal Video call, with links to download them',
	},
	path: '/recordings',
});
