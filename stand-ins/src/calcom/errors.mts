import type { Json, JsonObject } from './json.mts';

/** Anything the API answers with instead of data: the status and the exact body. */
export class ApiError extends Error {
	readonly status: number;
	/** `path` is added by the server; null where Cal.com sends no envelope at all. */
	readonly error: JsonObject | null;
	readonly bare: Json | null;

	constructor(status: number, error: JsonObject | null, bare: Json | null = null) {
		super(typeof error?.['message'] === 'string' ? error['message'] : `HTTP ${status}`);
		this.status = status;
		this.error = error;
		this.bare = bare;
	}
}

const NAMES: Record<number, [code: string, title: string]> = {
	400: ['BadRequestException', 'Bad Request'],
	401: ['UnauthorizedException', 'Unauthorized'],
	403: ['ForbiddenException', 'Forbidden'],
	404: ['NotFoundException', 'Not Found'],
	409: ['ConflictException', 'Conflict'],
	422: ['UnprocessableEntityException', 'Unprocessable Entity'],
	500: ['InternalServerErrorException', 'Internal Server Error'],
};

/** What NestJS makes of an exception with this status. */
export function exceptionOf(status: number, message: string): ApiError {
	const [code, title] = NAMES[status] ?? ['HttpException', 'Error'];
	return new ApiError(status, { code, message, details: { message, error: title, statusCode: status } });
}

export const badRequest = (message: string): ApiError => exceptionOf(400, message);
export const unauthorized = (message: string): ApiError => exceptionOf(401, message);
export const forbidden = (message: string): ApiError => exceptionOf(403, message);
export const notFound = (message: string): ApiError => exceptionOf(404, message);
export const conflict = (message: string): ApiError => exceptionOf(409, message);
export const unprocessable = (message: string): ApiError => exceptionOf(422, message);

/** Cal.com's own HttpError reaches NestJS' last filter, which knows no envelope. */
export const bareError = (status: number, message: string): ApiError =>
	new ApiError(status, null, { statusCode: status, message });

/** Errors of the booking engine: a code and a message, no details. */
export const coded = (status: number, code: string, message: string): ApiError =>
	new ApiError(status, { code, message });

export const internalError = (status = 500): ApiError =>
	coded(status, 'INTERNAL_SERVER_ERROR', 'There was an error, please try again later.');

export function tooManyRequests(): ApiError {
	const message = 'CustomThrottlerGuard - Too many requests. Please try again later.';
	return new ApiError(429, { code: 'ThrottlerException', message, details: message });
}

export interface Issue {
	property: string;
	constraints: Record<string, string>;
	value?: Json;
}

/** class-validator's answer: the message says nothing, `details.errors` says which property and why. */
export function invalid(target: JsonObject, issues: Issue[]): ApiError {
	const errors = issues.map(({ property, constraints, value }) => ({
		target,
		...(value === undefined ? {} : { value }),
		property,
		children: [],
		constraints,
	}));
	return new ApiError(400, { code: 'BadRequestException', message: 'Bad Request Exception', details: { errors } });
}
