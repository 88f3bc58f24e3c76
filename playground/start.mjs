// What `npx -y pnpm@10 demo` runs. Plain JavaScript that needs no package: it speaks before anything is loaded, and
// where nothing can be loaded: under a Node that is too old, or with a package that is not all there.
const NODE = 24;

const isHelp = process.argv.some((arg) => arg === '--help' || arg === '-h');
if (!isHelp) console.log('\n  From a Cal.com booking to rows: the playground');

if (Number(process.versions.node.split('.')[0]) >= NODE) {
	const { start } = await import('./src/start.mts');
	process.exitCode = await start();
} else {
	console.log(`
  ✗ n8n needs Node ${NODE}, and this is ${process.versions.node}.
  → Start with \`npx -y pnpm@10 demo\`, which brings the right one along. Is it what you did?
    Then its Node was not installed: npx -y pnpm@10 install --force`);
	process.exitCode = 1;
}
