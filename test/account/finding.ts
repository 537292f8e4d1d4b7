import { NoAnswer } from './api';

export type Verdict = 'as assumed' | 'differs' | 'not found out';

/** What a check has found. */
export interface Finding {
	verdict: Verdict;
	/** What was seen, or why nothing was. */
	detail: string;
}

/** One thing that the node assumes, and how to look. */
export interface Check {
	/** The number in docs/dev/api-assumptions.md. */
	no: number;
	assumption: string;
	look: () => Promise<Finding>;
}

export const asAssumed = (detail: string): Finding => ({ verdict: 'as assumed', detail });
export const differs = (detail: string): Finding => ({ verdict: 'differs', detail });
export const notFoundOut = (detail: string): Finding => ({ verdict: 'not found out', detail });

/** A check's finding; an answer that tells nothing is one, too. */
export async function lookAt({ look }: Check): Promise<Finding> {
	try {
		return await look();
	} catch (error) {
		if (error instanceof NoAnswer) return notFoundOut(error.message);
		throw error;
	}
}
