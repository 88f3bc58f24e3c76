import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { testCalComCredential } from '../shared/api/credentialTest';
import { searchEventTypes, searchTeams } from '../shared/api/listSearch';
import { properties } from './description';
import { triggerPanel } from './triggerPanel';
import { poll } from './poll';

export class CalComPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cal.com Poll Trigger',
		name: 'calComPollTrigger',
		icon: { light: 'file:../../icons/calcom.svg', dark: 'file:../../icons/calcom.dark.svg' },
		group: ['trigger'],
		version: [1],
		defaultVersion: 1,
		subtitle:
			'={{ { bookings: "bookings", eventTypes: "event types", upcoming: "upcoming bookings" }[$parameter["watch"]] }}',
		description:
			'Starts the workflow on bookings whose webhook never came, on changes to event types, and before bookings start',
		eventTriggerDescription: '',
		activationMessage: 'From now on Cal.com is asked at every poll time; what is new starts this workflow.',
		polling: true,
		triggerPanel,
		defaults: { name: 'Cal.com Poll Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'calComApi',
				required: true,
				testedBy: 'calComApiTest',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'calComOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties,
	};

	methods = {
		credentialTest: {
			async calComApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await testCalComCredential(this.helpers, credential.data);
			},
		},
		listSearch: { searchEventTypes, searchTeams },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
