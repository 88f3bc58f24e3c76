// What Windows has in place of `ps`. Written from its documentation, and not run there yet.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const isWindows = process.platform === 'win32';

/** A line for each process: `pid ppid`. */
export const parentsOnWindows = async (): Promise<string> =>
	(await ask('Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }')) ?? '';

/** The command line of a process, or null when there is none. */
export async function commandLineOf(pid: number): Promise<string | null> {
	return (await ask(`(Get-CimInstance Win32_Process -Filter "ProcessId=${String(pid)}").CommandLine`)) || null;
}

async function ask(command: string): Promise<string | null> {
	const args = ['-NoProfile', '-NonInteractive', '-Command', command];
	const answer = await promisify(execFile)('powershell.exe', args, { windowsHide: true }).catch(() => null);
	return answer?.stdout.trim() ?? null;
}
