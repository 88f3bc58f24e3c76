import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isObject } from '../../../src/calcom/json.mts';
import type { Json } from '../../../src/calcom/json.mts';

/** The part of OpenAPI 3.0 that says what a value looks like. */
interface Schema {
	type?: string | undefined;
	nullable?: boolean | undefined;
	required?: string[] | undefined;
	enum?: unknown[] | undefined;
	properties?: Record<string, Schema> | undefined;
	items?: Schema | undefined;
	oneOf?: Schema[] | undefined;
	anyOf?: Schema[] | undefined;
	allOf?: Schema[] | undefined;
	$ref?: string | undefined;
}

const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
	z.object({
		type: z.string().optional(),
		nullable: z.boolean().optional(),
		required: z.array(z.string()).optional(),
		enum: z.array(z.unknown()).optional(),
		properties: z.record(schemaSchema).optional(),
		items: schemaSchema.optional(),
		oneOf: z.array(schemaSchema).optional(),
		anyOf: z.array(schemaSchema).optional(),
		allOf: z.array(schemaSchema).optional(),
		$ref: z.string().optional(),
	}),
);

const fileSchema = z.object({
	answers: z.record(z.object({ status: z.number(), schema: schemaSchema })),
	schemas: z.record(schemaSchema),
});

const typeOf = (value: Json): string => {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
};

/** Small for what nearly fits; something of another type does not fit at all. */
const rank = (complaints: string[], at: string): number =>
	complaints.some((text) => text.startsWith(`${at} is `)) ? Infinity : complaints.length;

type Complain = (schema: Schema, value: Json | undefined, at: string) => string[];

function validator(schemas: Record<string, Schema>): Complain {
	const members = (schema: Schema, value: Json, at: string): string[] => {
		if (!isObject(value)) return [];
		const missing = (schema.required ?? []).filter((key) => value[key] === undefined);
		const wrong = Object.entries(schema.properties ?? {}).flatMap(([key, member]) =>
			value[key] === undefined ? [] : complaints(member, value[key], `${at}.${key}`),
		);
		return [...missing.map((key) => `${at}.${key} is missing`), ...wrong];
	};
	/** What is wrong with the alternative that fits best; nothing when one of them fits. */
	const oneOf = (alternatives: Schema[], value: Json, at: string): string[] => {
		const tried = alternatives.map((alternative) => complaints(alternative, value, at));
		const [first] = tried.toSorted((a, b) => rank(a, at) - rank(b, at));
		return first ?? [];
	};
	const complaints: Complain = (schema, value, at) => {
		if (schema.$ref !== undefined) return complaints(schemas[schema.$ref] ?? {}, value, at);
		if (value === undefined || (value === null && schema.nullable === true)) return [];
		const found = (schema.allOf ?? []).flatMap((part) => complaints(part, value, at));
		const alternatives = schema.oneOf ?? schema.anyOf;
		if (alternatives) found.push(...oneOf(alternatives, value, at));
		// `object` without members is what Cal.com's generator writes when it does not know.
		const unknown = schema.type === 'object' && schema.properties === undefined;
		if (schema.type !== undefined && !unknown && schema.type !== typeOf(value))
			return [...found, `${at} is ${typeOf(value)}, not ${schema.type}`];
		if (schema.enum && !schema.enum.includes(value)) found.push(`${at} is ${String(value)}: not one of the list`);
		if (Array.isArray(value))
			found.push(...value.flatMap((item) => complaints(schema.items ?? {}, item, `${at}[]`)));
		return [...found, ...members(schema, value, at)];
	};
	return complaints;
}

export interface Specified {
	status: number;
	/** Every way in which the body is not what is specified, without repetitions. */
	complaints(body: Json): string[];
}

/** What an edition's specification says of the answers to its routes: `GET /v2/…` -> what is specified. */
export function readSpecification(edition: 'community' | 'hosted'): Map<string, Specified> {
	const path = join(import.meta.dirname, '..', 'specification', `${edition}.json`);
	const { answers, schemas } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
	const complain = validator(schemas);
	return new Map(
		Object.entries(answers).map(([route, { status, schema }]) => [
			route,
			{ status, complaints: (body: Json) => [...new Set(complain(schema, body, 'answer'))] },
		]),
	);
}
