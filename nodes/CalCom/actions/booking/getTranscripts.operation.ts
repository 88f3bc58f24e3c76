import { z } from 'zod';
import { listOf } from './listOf';

/** Lists links to the transcripts of a Cal Video call. */
export const getTranscripts = listOf({
	option: {
		name: 'Get Transcripts',
		value: 'getTranscripts',
		action: 'Get the transcripts of a booking',
		description: 'List links to the transcripts of a Cal Video call',
	},
	path: '/transcripts',
	schema: z
		.array(z.unknown())
		.transform((links) => links.flatMap((link) => (typeof link === 'string' ? [{ url: link }] : []))),
});
