// How much was tried, said as it happens: a count that went down without anybody noticing would prove less.
import { writeSync } from 'node:fs';
import type { Walked } from './walk.mts';

const number = (n: number) => n.toLocaleString('en');

export function tell(name: string, { orders, applied, repeated, states }: Walked): void {
	say(
		`${number(orders)} orders, ${number(applied)} deliveries applied, ${number(repeated)} repeated, ${number(states)} states: ${name}`,
	);
}

/** Past jest, which would put its own frame around every line. */
export const say = (line: string): void => {
	writeSync(1, `  ${line}\n`);
};
