const { rmSync } = require('node:fs');
const { dest, src } = require('gulp');

/** Empties dist, so that a renamed file does not live on in the package. */
function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/** Icons and JSON assets (codex, output schemas): everything n8n reads beside the compiled code. */
function assets() {
	return src(['{nodes,credentials}/**/*.{svg,json}'], { encoding: false }).pipe(dest('dist'));
}

exports.clean = clean;
exports.assets = assets;
