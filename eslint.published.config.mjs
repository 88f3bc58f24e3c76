// n8n scans what a package publishes, whatever its sources' own settings: the same rules over dist, and no comment
// that switches one off.
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';

export default [
	{
		...n8nCommunityNodesPlugin.configs.recommended,
		files: ['dist/**/*.js'],
		linterOptions: { noInlineConfig: true },
	},
];
