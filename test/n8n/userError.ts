/** A failure whose message is all the person needs: it is shown without a stack. */
export class UserError extends Error {
	override name = 'UserError';
}

/** What to print for a failure: one sentence where we wrote it, everything otherwise. */
export function describeFailure(error: unknown): string {
	if (error instanceof UserError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
