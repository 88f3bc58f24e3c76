import { instanceOf } from '../../../../nodes/shared/api/instance.ts';

test.each<[string, string, string]>([
	['https://api.cal.com/v2', '', 'cal.com'],
	['https://api.cal.eu/v2', '', 'cal.eu'],
	['https://api.cal.com/v2', 'amsterdam', 'cal.com'],
	['https://cal.school.example/api/v2', '', 'cal.school.example'],
	['https://cal.school.example/api/v2', ' amsterdam ', 'amsterdam'],
	['http://localhost:5555/v2', '', 'localhost:5555'],
	['https://cal.school.example/api/v2', 'x'.repeat(500), 'x'.repeat(100)],
	['nonsense', '', 'nonsense'],
])('%s with the word %j is %s', (baseUrl, word, instance) => {
	expect(instanceOf(baseUrl, word)).toBe(instance);
});

test('a word survives a move to another address', () => {
	expect(instanceOf('https://old.example/api/v2', 'amsterdam')).toBe(
		instanceOf('https://new.example/v2', 'amsterdam'),
	);
});
