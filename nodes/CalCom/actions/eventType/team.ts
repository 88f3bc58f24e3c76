import type { IExecuteFunctions } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import type { UpdateRules } from '../../../shared/values/difference';
import { invalid } from '../../../shared/panel/invalid';
import { inputNamed } from '../../../shared/eventTypes/inputs';

const HOSTS = ['hosts', 'assignAllTeamMembers'];

/** Cal.com empties the hosts when the scheduling type changes, unless the same request names them. */
export const SENT_TOGETHER: Readonly<Record<string, readonly string[]>> = { schedulingType: HOSTS };

/**
 * Carries the hosts over a change of the scheduling type that does not name any.
 *
 * @throws NodeOperationError when they are protected: then the change cannot be made without losing them
 */
export function withHosts(
	ctx: IExecuteFunctions,
	itemIndex: number,
	wanted: Fields,
	current: Fields,
	rules: UpdateRules,
): Fields {
	const { schedulingType } = wanted;
	const isProtected = (name: string): boolean => rules.protectedFields.includes(name);
	const changes = schedulingType !== undefined && schedulingType !== current.schedulingType;
	if (!changes || isProtected('schedulingType')) return wanted;
	if (HOSTS.some(isProtected)) {
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_NOT_SETTABLE',
			'The scheduling type cannot change while the hosts are protected',
			'Cal.com empties the hosts with it unless they are sent along. Take Hosts and Assign All Members out of Protected Fields, or leave the scheduling type.',
		);
	}
	if (HOSTS.some((name) => wanted[name] !== undefined)) return wanted;
	return current.assignAllTeamMembers === true
		? { ...wanted, assignAllTeamMembers: true }
		: { ...wanted, hosts: inputNamed('hosts')?.fromJson(current.hosts) };
}
