import type { NodeHint } from 'n8n-workflow';

/** What a choice in the panel leads to, said where the choice is made. */
export const hints: NodeHint[] = [
	{
		message:
			'Cal.com calls this n8n at the webhook URL above. On a machine without a public address, hosted Cal.com cannot reach it, and nothing arrives.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
	},
	{
		message:
			'Meeting Started and Meeting Ended: a self-hosted Cal.com sends them only when its cron job <code>POST /api/cron/webhookTriggers</code> is scheduled.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition:
			'={{ ($parameter["events"] || []).some((event) => event === "MEETING_STARTED" || event === "MEETING_ENDED") }}',
	},
	{
		message:
			'Unsigned deliveries are accepted: anyone who learns the webhook URL can start this workflow with made-up bookings.',
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: '={{ $parameter["registration"] === "byHand" && $parameter["acceptUnsigned"] === true }}',
	},
];
