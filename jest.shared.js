/** What all tests have in common. */
exports.shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/n8n/.*/node_modules'],
	// Waits take no time in tests.
	moduleNameMapper: { '^@n8n/utils/sleep$': '<rootDir>/test/engine/harness/clock.ts' },
};
