const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/n8n/.*/node_modules'],
};

/** The zone of the test process must never matter: the pure tests run under two of them. */
process.env.TZ ??= 'UTC';

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		{ ...shared, displayName: 'pure', testMatch: ['<rootDir>/test/pure/**/*.test.ts'] },
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{
			...shared,
			displayName: 'server',
			testMatch: ['<rootDir>/test/perculus-server/**/*.test.ts'],
		},
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
	],
};
