export default async function tearDown() {
	await globalThis.stopE2ePlayground?.();
}
