import type { Access } from './auth.mts';
import { isObject } from './json.mts';
import type { Json, JsonObject } from './json.mts';
import type { World } from './world.mts';

/** A request as the routes see it: authenticated, body read. */
export interface ApiRequest {
	world: World;
	/** With prefix and query, as error answers repeat it. */
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	body: JsonObject;
	/** Null: nobody in particular (public routes only). */
	userId: number | null;
}

export interface Reply {
	status: number;
	body: Json;
}

export type Handler = (request: ApiRequest) => Reply | Promise<Reply>;

/** Date of the cal-api-version header -> whether a route answers to it. `old` is every version a route does not know. */
export type Versions = 'any' | 'old' | readonly string[];

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	access: Access;
	versions: Versions;
	/** The versions that `old` is not, when versions is `old`. */
	except?: readonly string[];
	/** Some routes are counted on their own; the header names say so. */
	bucket?: string;
	handle: Handler;
}

export const ok = (data: Json, extra: JsonObject = {}): Reply => ({
	status: 200,
	body: { status: 'success', data, ...extra },
});
export const created = (data: Json): Reply => ({ status: 201, body: { status: 'success', data } });

/** The caller of a route that no one calls without a key. */
export function callerOf({ userId }: ApiRequest): number {
	if (userId === null) throw new Error('This route was declared public, but asks who is calling');
	return userId;
}

export const param = ({ params }: ApiRequest, name: string): string => params[name] ?? '';

export const objectBody = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const textIn = (body: JsonObject, key: string): string | null => {
	const value = body[key];
	return typeof value === 'string' ? value : null;
};
