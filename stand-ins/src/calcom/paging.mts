import { invalid } from './errors.mts';
import type { Issue } from './errors.mts';
import type { JsonObject } from './json.mts';

export interface Page {
	take: number;
	skip: number;
}

interface Bounds {
	take: number;
	/** What the answer repeats as `target`, beside take and skip. */
	target: JsonObject;
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	return text === null ? undefined : Number(text);
}

type Constraints = Record<string, string>;

function broken(property: string, value: number, least: number, most: number): Constraints | null {
	if (Number.isNaN(value))
		return { isNumber: `${property} must be a number conforming to the specified constraints` };
	if (value < least) return { min: `${property} must not be less than ${least}` };
	return value > most ? { max: `${property} must not be greater than ${most}` } : null;
}

const issueOf = (property: string, value: number | undefined, least: number, most: number): Issue[] => {
	const constraints = value === undefined ? null : broken(property, value, least, most);
	if (value === undefined || constraints === null) return [];
	return [{ property, value: Number.isNaN(value) ? null : value, constraints }];
};

/** What is wrong with take (1 to 250) and skip. */
export function pageIssues(take: number | undefined, skip: number | undefined): Issue[] {
	return [...issueOf('take', take, 1, 250), ...issueOf('skip', skip, 0, Infinity)];
}

/** take and skip of a query. @throws ApiError 400 out of bounds */
export function readPage(query: URLSearchParams, defaults: Bounds): Page {
	const take = numberIn(query, 'take');
	const skip = numberIn(query, 'skip');
	const issues = pageIssues(take, skip);
	if (issues.length > 0)
		throw invalid(
			{ ...defaults.target, ...(take === undefined ? {} : { take }), ...(skip === undefined ? {} : { skip }) },
			issues,
		);
	return { take: take ?? defaults.take, skip: skip ?? 0 };
}

export function paginationOf(total: number, returned: number, { take, skip }: Page): JsonObject {
	const totalPages = Math.ceil(total / take);
	const currentPage = total === 0 ? 0 : Math.floor(skip / take) + 1;
	return {
		returnedItems: returned,
		totalItems: total,
		itemsPerPage: take,
		remainingItems: Math.max(0, total - skip - returned),
		currentPage,
		totalPages,
		hasNextPage: skip + returned < total,
		hasPreviousPage: skip > 0,
	};
}
