/** What a server answered, before it is known whether it is Cal.com. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}
