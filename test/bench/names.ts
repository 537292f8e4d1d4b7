/** What is measured: the floor, and the node with four kinds of mapping. */
export const SCENARIOS = [
	'floor',
	'auto-mapping',
	'five dragged fields',
	'five texts of references',
	'five computed expressions',
] as const;
export type Scenario = (typeof SCENARIOS)[number];
