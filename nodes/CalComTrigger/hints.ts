import type { NodeHint, TriggerPanelDefinition } from 'n8n-workflow';

const WITHOUT_BOOKING =
	'To see data without booking, take <b>Fetch Test Event</b> of the Cal.com Poll Trigger, or <b>Booking: Get Many</b> of the Cal.com node.';
const WHILE_BUILDING =
	'<b>While you build</b>, press Execute step, then book, move or cancel something on your Cal.com page within two minutes. What Cal.com sends shows up in this editor.';
const ONCE_PUBLISHED = 'every booking of the chosen kinds starts the workflow';
const WHERE_SEEN = 'You find these runs under <a data-key="executions">Executions</a>, not in the editor.';

/** What stands beside the parameters. n8n's own words say "create an event", which at Cal.com is an event type. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Listen for a booking',
	activationHint: {
		inactive: `Press Execute step, then book something on your Cal.com page. A webhook trigger can only listen, for two minutes at a time. ${WITHOUT_BOOKING}<br><br>Once you publish the workflow, it listens all the time.`,
		active: `The workflow is published and listens all the time. To see what comes in here, press Execute step, then book something on your Cal.com page. ${WITHOUT_BOOKING}`,
	},
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br><br><b>Once you have published the workflow</b>, ${ONCE_PUBLISHED}. ${WHERE_SEEN}`,
		active: `${WHILE_BUILDING}<br><br><b>The workflow is published</b>: ${ONCE_PUBLISHED}. ${WHERE_SEEN}`,
	},
};

/** What a choice in the panel leads to, said where the choice is made. */
export const hints: NodeHint[] = [
	{
		// While it listens, n8n's own "create an event" takes the place of the words above; this one stays beside it.
		message: `Press Execute step, then book something on your Cal.com page: a webhook trigger can only listen. ${WITHOUT_BOOKING}`,
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
	},
	{
		message:
			'Cal.com calls this n8n at the address under <b>Webhook URLs</b>, at the top of Parameters (click it to see them). On a machine without a public address, hosted Cal.com cannot reach it, and nothing arrives.',
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
			'Host and Guest Did Not Join Cal Video: a self-hosted Cal.com drops the wait that its API is told, and never sends them without one. Set the wait in Cal.com itself, under Settings > Developer > Webhooks (Registration: By Hand).',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: '={{ ($parameter["events"] || []).some((event) => event.startsWith("AFTER_")) }}',
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
