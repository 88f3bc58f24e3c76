// What is different on an older n8n: the one list that tests go by, and that docs/compatibility.md tells (a test
// holds the two together).
import { type N8nInstallation, n8nInstallation } from '../../playground/src/n8n/versions.mts';

export interface Difference {
	/** Versions it is so on, by the first number. */
	major: string;
	/** What it is about, for users. */
	about: string;
	/** What is different, and what to do, for users. */
	text: string;
}

export const DIFFERENCES = {
	publishing: {
		major: '1',
		about: 'Publishing a workflow',
		text: 'Is the switch **Active** at the top of the workflow. What you save in an active workflow counts at once.',
	},
	nodeList: {
		major: '1',
		about: 'The list of nodes',
		text: 'Shows names without a description: ours are told by the small cube beside the name.',
	},
	importing: {
		major: '1',
		about: 'Importing a template',
		text: 'Fills in no credentials: choose them in each node with a red triangle. The menu says *Import from File…* and *Import from URL…*.',
	},
	dataTable: {
		major: '1',
		about: 'Template 10 (quick start)',
		text: 'Does not run: the Data Table node of 1.123 cannot make a table, nor find one by its name. Use templates 00 and 01 instead, or n8n 2.',
	},
	repairAtStart: {
		major: '1',
		about: 'A webhook that someone changed in Cal.com',
		text: 'Is repaired whenever n8n starts, too. n8n 2.41 does not look at it then: publish the workflow again.',
	},
	sqlite: {
		major: '1',
		about: "n8n's own database",
		text: 'Where it is SQLite, set `DB_SQLITE_POOL_SIZE=3`, as n8n itself advises; the tests run with it. n8n 2 always works that way.',
	},
	twilioTrigger: {
		major: '1',
		about: "n8n's own Twilio Trigger",
		text: 'Takes what Twilio has not signed. No template uses it: templates 03 and 04 ask Twilio whether a call is true, on both.',
	},
	formWithFiles: {
		major: '1',
		about: 'A delivery that is a form with files (Cal.com sends none)',
		text: 'Is refused by the Cal.com Trigger (401). On 2.41 n8n refuses it before (400).',
	},
	byteOrderMark: {
		major: '1',
		about: 'A delivery that begins with a byte order mark (Cal.com sends none)',
		text: 'Is refused by n8n itself (422). On 2.41 n8n reads over the mark, and the Cal.com Trigger checks the signature.',
	},
	waitingPages: {
		major: '1',
		about: 'The further pages of the form of template 07',
		text: 'Have no token: who guesses the number of a run that waits can see and fill in its page. Use n8n 2 where the form is open to the internet.',
	},
} as const satisfies Record<string, Difference>;

type Name = keyof typeof DIFFERENCES;

const majorOf = ({ version }: Pick<N8nInstallation, 'version'>) => version.split('.')[0];

/** Whether a difference is there on the n8n that the tests run against. */
export const differs = (name: Name): boolean => DIFFERENCES[name].major === majorOf(n8nInstallation());

/** `test`, or `test.skip` where the difference is there. */
export const unless = (name: Name) => (differs(name) ? test.skip : test);

/** What the end-to-end tests run against, and what is different there, in lines for the terminal. */
export function announcement(installation: Pick<N8nInstallation, 'version'> = n8nInstallation()): string[] {
	const here = Object.values(DIFFERENCES).filter(({ major }) => major === majorOf(installation));
	return [`n8n ${installation.version}`, ...here.map(({ about, text }) => `different there: ${about}. ${text}`)];
}
