import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { testCalComCredential } from '../shared/api/credentialTest';
import { properties } from './actions/description';
import { route } from './actions/router';
import * as listSearch from './methods/listSearch';
import { getBookingQuestions } from './methods/resourceMapping';

export class CalCom implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cal.com',
		name: 'calCom',
		icon: { light: 'file:../../icons/calcom.svg', dark: 'file:../../icons/calcom.dark.svg' },
		group: ['transform'],
		version: [1],
		defaultVersion: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Books, moves and cancels appointments, finds free times and looks after event types in Cal.com',
		defaults: { name: 'Cal.com' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
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
		listSearch,
		resourceMapping: { getBookingQuestions },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await route(this);
	}
}
