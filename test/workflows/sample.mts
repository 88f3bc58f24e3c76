// The made-up booking that template 10 brings along, as n8n pins it to the trigger.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CalComEvent } from '../../nodes/shared/events/event.ts';

const TEMPLATE = join(import.meta.dirname, '../../workflows/10-quick-start-data-table.json');
const templateSchema = z.object({
	pinData: z.object({
		'Cal.com Trigger': z.tuple([z.object({ json: z.custom<CalComEvent>((value) => typeof value === 'object') })]),
	}),
});

export function sampleEvent(): CalComEvent {
	return templateSchema.parse(JSON.parse(readFileSync(TEMPLATE, 'utf8'))).pinData['Cal.com Trigger'][0].json;
}
