import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHookFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { testCalComCredential } from '../shared/api/credentialTest';
import { searchEventTypes, searchTeamEventTypes, searchTeams } from '../shared/api/listSearch';
import { prepareByHand } from './byHand';
import { properties } from './description';
import { hints, triggerPanel } from './hints';
import { forgetInstance, rememberInstance } from './instance';
import { removeFormer } from './lifecycle';
import { readRegistration } from './parameters';
import { isRegistered, register, unregister } from './registration';
import { takeDelivery } from './webhook';

export class CalComTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cal.com Trigger',
		name: 'calComTrigger',
		icon: { light: 'file:../../icons/calcom.svg', dark: 'file:../../icons/calcom.dark.svg' },
		group: ['trigger'],
		// Above 1, n8n evaluates one expression less for each delivery.
		version: [2],
		defaultVersion: 2,
		subtitle:
			'={{ ($parameter["events"] || []).map((event) => event.toLowerCase().replace(/_/g, " ").replace("booking ", "")).join(", ") }}',
		// n8n's list of nodes shows this for the Cal.com node too: it makes one entry of both, and takes the trigger's words.
		description:
			'71 actions (book, move, cancel, find free times and more), and a trigger for verified bookings and meetings',
		eventTriggerDescription: 'Now book something on your Cal.com page',
		activationMessage: 'From now on what happens in Cal.com starts this workflow.',
		defaults: { name: 'Cal.com Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'calComApi', required: true, testedBy: 'calComApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Empty, so that n8n sends the answer of the node instead of its own.
				responseData: '',
				path: 'calcom',
			},
		],
		triggerPanel,
		hints,
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
		listSearch: { searchEventTypes, searchTeamEventTypes, searchTeams },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				if (readRegistration(this) === 'byHand' || !(await isRegistered(this))) return false;
				await rememberInstance(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await (readRegistration(this) === 'byHand' ? prepareByHand(this) : register(this));
				await rememberInstance(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await (readRegistration(this) === 'byHand' ? removeFormer(this) : unregister(this));
				forgetInstance(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeDelivery(this);
	}
}
