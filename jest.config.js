const { shared } = require('./jest.shared.js');

/** The zone of the process must never matter: the pure tests run under two of them, one with an odd offset. */
const pure = (zone) => ({
	...shared,
	displayName: `pure, process in ${zone}`,
	testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
	testEnvironment: '<rootDir>/test/zone-environment.js',
	testEnvironmentOptions: { zone },
});

const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

/** @type {import('jest').Config} */
module.exports = {
	maxWorkers: '100%',
	// A test that hangs ends; none is so slow, whatever else the machine does.
	testTimeout: 120_000,
	projects: [
		pure('UTC'),
		pure('Asia/Kathmandu'),
		{ ...project('engine'), setupFilesAfterEnv: ['<rootDir>/test/engine/harness/silence.ts'] },
		...['perculus-server', 'publish', 'account'].map(project),
	],
};
