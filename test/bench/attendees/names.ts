/** What is measured: the least any client could do, and the node with the session as a constant and as a column. */
export const ATTENDEE_SCENARIOS = ['floor', 'one session', 'dragged session'] as const;
export type AttendeeScenario = (typeof ATTENDEE_SCENARIOS)[number];

/** Sessions with their people, on a server that takes its time. */
export const MANY = { sessions: 200, people: 20, latencyMs: 50, atOnce: 4 } as const;
