import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHILE_BUILDING =
	'<b>While you build</b>, press Fetch Test Event: it shows a few bookings or event types as they are now, and remembers nothing.';
const ONCE_PUBLISHED = 'n8n asks Cal.com at every one of the Poll Times, and what is new starts the workflow';
const WHERE_SEEN = 'You find these runs under <a data-key="executions">Executions</a>, not in the editor.';

/** What stands beside the parameters. n8n's own words speak of "a single mock event"; what comes is real. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'See what is in Cal.com now',
	activationHint: {
		inactive: 'Nobody has to book for this. Once you publish the workflow, n8n asks Cal.com by itself.',
		active: 'The workflow is published: n8n asks Cal.com by itself. What you fetch here changes nothing about that.',
	},
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br><br><b>Once you have published the workflow</b>, ${ONCE_PUBLISHED}. ${WHERE_SEEN}`,
		active: `${WHILE_BUILDING}<br><br><b>The workflow is published</b>: ${ONCE_PUBLISHED}. ${WHERE_SEEN}`,
	},
};
