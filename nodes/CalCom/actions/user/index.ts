import type { Resource } from '../operation';
import { getMe } from './getMe.operation';
import { updateMe } from './updateMe.operation';

/** The user that the credential belongs to. */
export const user: Resource = {
	option: { name: 'User', value: 'user' },
	operations: [getMe, updateMe],
};
