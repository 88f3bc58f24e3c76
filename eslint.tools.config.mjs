// The rules for what runs on a developer's machine (playground, tests). n8n's own rules, in
// eslint.config.mjs, are for what runs inside n8n and stay as n8n ships them.
import tseslint from 'typescript-eslint';

export default tseslint.config({ ignores: ['**/node_modules'] }, ...tseslint.configs.strict, {
	files: ['**/*.mts'],
	rules: { eqeqeq: 'error', '@typescript-eslint/no-non-null-assertion': 'off' },
});
