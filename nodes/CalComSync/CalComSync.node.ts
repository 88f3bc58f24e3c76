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
import { searchTeams } from '../shared/api/listSearch';
import { properties } from './description';
import { OUTPUTS } from './outputNames';
import { sync } from './sync';

export class CalComSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cal.com Sync',
		name: 'calComSync',
		icon: { light: 'file:../../icons/calcom.svg', dark: 'file:../../icons/calcom.dark.svg' },
		group: ['transform'],
		version: [1],
		defaultVersion: 1,
		subtitle: '={{ $parameter["apply"] + ": " + $parameter["resource"] }}',
		description: 'Keeps your records and Cal.com in step, field by field, with an owner for each field',
		defaults: { name: 'Cal.com Sync' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUTS.map(({ title }) => title),
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
		listSearch: { searchTeams },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await sync(this);
	}
}
