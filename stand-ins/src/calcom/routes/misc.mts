import { callerOf, ok } from '../http.mts';
import type { Route } from '../http.mts';

/** Little things that people try first. */
export const miscRoutes: Route[] = [
	{
		method: 'GET',
		path: '/conferencing',
		access: 'key',
		versions: 'any',
		handle: (request) =>
			ok([
				{
					id: 1,
					type: 'jitsi_video',
					userId: callerOf(request),
					teamId: null,
					appId: 'jitsi',
					subscriptionId: null,
					paymentStatus: null,
					billingCycleStart: null,
					invalid: false,
					delegationCredentialId: null,
				},
			]),
	},
	{
		method: 'POST',
		path: '/auth/oauth2/token',
		access: 'public',
		versions: 'any',
		handle: () => ({ status: 401, body: { error: 'invalid_client', error_description: 'client_not_found' } }),
	},
];
