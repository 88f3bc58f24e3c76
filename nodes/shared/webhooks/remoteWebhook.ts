import { z } from 'zod';

/** A webhook as Cal.com lists it. Ids are strings, whatever the specification says. */
export const remoteWebhook = z.object({
	id: z.union([z.string(), z.number()]).transform(String),
	subscriberUrl: z.string(),
	active: z.boolean().catch(true),
	triggers: z.array(z.string()).catch([]),
	payloadTemplate: z.string().nullish(),
	secret: z.string().nullish(),
	/** Shown by some answers only. */
	time: z.unknown(),
});
export type RemoteWebhook = z.infer<typeof remoteWebhook>;
