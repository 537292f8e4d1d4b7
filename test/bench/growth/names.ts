/** What could grow faster than its items: what Perculus refuses, and what cannot be told apart in its answer. */
export const GROWTHS = {
	'all refused, no two alike': { refuses: 'all', sizes: [1000, 10_000, 50_000] },
	'half refused, no two alike': { refuses: 'half', sizes: [1000, 10_000, 50_000] },
	'half refused, all of one name and start': { refuses: 'half', sizes: [1000, 4000, 8000] },
	'half refused, 50 of each name and start': { refuses: 'half', sizes: [1000, 4000, 8000] },
} as const;
export type Growth = keyof typeof GROWTHS;
