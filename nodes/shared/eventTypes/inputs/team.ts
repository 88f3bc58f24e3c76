import { boolean, isFields, list, number } from '../../values/readers';
import type { Input } from './input';
import { choice, input, members, property, rows, toggle } from './input';

/** Who hosts, as requests say it; answers add names and pictures. */
function hostsOf(value: unknown): unknown {
	const hosts = list(value).filter(isFields);
	return hosts
		.map(({ userId, mandatory, priority }) => ({
			userId: number(userId) ?? userId,
			...(mandatory === undefined ? {} : { mandatory: boolean(mandatory) ?? mandatory }),
			...(priority === undefined ? {} : { priority }),
		}))
		.sort((a, b) => Number(a.userId) - Number(b.userId));
}

/** What only event types of a team have. */
export const team: Input[] = [
	choice(
		'team',
		'schedulingType',
		'Scheduling Type',
		'Who takes part in a booking. After a change of the type, give the hosts too: Cal.com empties them.',
		[
			{ name: 'Collective', value: 'collective', description: 'All hosts take part' },
			{ name: 'Managed', value: 'managed', description: 'Each member gets an event type of their own' },
			{ name: 'Round Robin', value: 'roundRobin', description: 'One of the hosts takes part' },
		],
		'roundRobin',
	),
	input(
		'team',
		property('fixedCollection', 'hosts', 'Hosts', 'The members of the team who host it; replaces all hosts', {
			default: {},
			placeholder: 'Add host',
			typeOptions: { multipleValues: true },
			options: [
				{
					displayName: 'Host',
					name: 'host',
					values: [
						property('number', 'userId', 'User ID', 'Team > Get Members lists them', {
							default: 0,
							typeOptions: { minValue: 0, numberPrecision: 0 },
						}),
						property(
							'boolean',
							'mandatory',
							'Mandatory',
							'Whether this host takes part in every booking of a round robin',
							{ default: false },
						),
						property('options', 'priority', 'Priority', 'Who is asked first in a round robin', {
							options: [
								{ name: 'High', value: 'high' },
								{ name: 'Highest', value: 'highest' },
								{ name: 'Low', value: 'low' },
								{ name: 'Lowest', value: 'lowest' },
								{ name: 'Medium', value: 'medium' },
							],
							default: 'medium',
						}),
					],
				},
			],
		}),
		{ fromPanel: (value) => hostsOf(rows(value, 'host')), fromJson: hostsOf, compared: hostsOf },
	),
	toggle(
		'team',
		'assignAllTeamMembers',
		'Assign All Members',
		'Whether all members of the team, present and future, host it; leave Hosts out then',
	),
	toggle(
		'team',
		'rescheduleWithSameRoundRobinHost',
		'Keep Host on Reschedule',
		'Whether a rescheduled booking stays with its host in a round robin',
	),
	members(
		'team',
		{
			name: 'emailSettings',
			displayName: 'Emails',
			description: 'Which emails Cal.com sends (teams of an organization only)',
		},
		[
			property(
				'boolean',
				'disableEmailsToAttendees',
				'Disable Emails to Attendees',
				'Whether attendees get none',
				{
					default: true,
				},
			),
			property('boolean', 'disableEmailsToHosts', 'Disable Emails to Hosts', 'Whether hosts get none', {
				default: true,
			}),
		],
	),
];
