const { shared } = require('../../jest.shared.js');

/** @type {import('jest').Config} */
module.exports = {
	...shared,
	displayName: 'editor',
	testMatch: ['<rootDir>/test/editor/**/*.test.ts'],
	maxWorkers: 1,
	// Longer than anything in a test waits, so that it says what it waited for.
	testTimeout: 150_000,
};
