const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/n8n/.*/node_modules'],
};

/** The zone of the process must never matter: the pure tests run under two of them, one with an odd offset. */
const pure = (zone, ignored = []) => ({
	...shared,
	displayName: `pure, process in ${zone}`,
	testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
	testEnvironment: '<rootDir>/test/zone-environment.js',
	testEnvironmentOptions: { zone },
	testPathIgnorePatterns: ['/node_modules/', ...ignored],
});

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		pure('UTC'),
		pure('Asia/Kathmandu', ['\\.speed\\.test\\.ts$']),
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{
			...shared,
			displayName: 'server',
			testMatch: ['<rootDir>/test/perculus-server/**/*.test.ts'],
		},
		{ ...shared, displayName: 'publish', testMatch: ['<rootDir>/test/publish/**/*.test.ts'] },
		{ ...shared, displayName: 'account', testMatch: ['<rootDir>/test/account/**/*.test.ts'] },
		{ ...shared, displayName: 'editor', testMatch: ['<rootDir>/test/editor/**/*.test.ts'] },
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
	],
};
