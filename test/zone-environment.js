const { TestEnvironment } = require('jest-environment-node');

/**
 * Runs a test file with the process in the time zone `testEnvironmentOptions.zone`, so that two
 * projects of one jest command can run the same tests in two zones.
 *
 * Setting `process.env.TZ` inside a test does nothing: jest hands tests a copy of `process.env`.
 * Only the real process, which this file sees, makes Date and Intl follow.
 */
class ZoneEnvironment extends TestEnvironment {
	/**
	 * @param {import('@jest/environment').JestEnvironmentConfig} config
	 * @param {import('@jest/environment').EnvironmentContext} context
	 */
	constructor(config, context) {
		const { zone } = config.projectConfig.testEnvironmentOptions;
		if (typeof zone !== 'string') {
			throw new Error('zone-environment needs testEnvironmentOptions.zone, an IANA zone');
		}
		// Node has an older name for some zones (Asia/Calcutta); an unknown zone throws here.
		const wanted = zoneNow({ timeZone: zone });
		const before = process.env.TZ;
		// Before super(), so that the copy of process.env the tests see says the same.
		process.env.TZ = zone;
		if (zoneNow() !== wanted) {
			restore(before);
			throw new Error(`The process does not take the zone ${zone}`);
		}
		super(config, context);
		// Jest makes every environment option a global of the tests; "zone" would hide typing errors.
		delete this.global.zone;
		this.zoneBefore = before;
	}

	async teardown() {
		await super.teardown();
		// The same worker may run a file of another project next.
		restore(this.zoneBefore);
	}
}

/** @param {Intl.DateTimeFormatOptions} [options] */
function zoneNow(options) {
	return new Intl.DateTimeFormat('en', options).resolvedOptions().timeZone;
}

/** @param {string | undefined} zone */
function restore(zone) {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
}

module.exports = ZoneEnvironment;
