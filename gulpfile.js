const { rmSync } = require('node:fs');
const { Transform } = require('node:stream');
const { dest, parallel, src } = require('gulp');

/** Rewrites the text of each file. */
const rewrite = (change) =>
	new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(change(file.contents.toString()));
			done(null, file);
		},
	});

/** Empties dist, so that a renamed file doesn't stay in the package. */
function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

function icons() {
	return src('{nodes,credentials}/**/*.svg', { encoding: false }).pipe(dest('dist'));
}

/** Codex and output schemas, which n8n reads beside the compiled code. */
function json() {
	return src('{nodes,credentials}/**/*.json')
		.pipe(rewrite((text) => JSON.stringify(JSON.parse(text))))
		.pipe(dest('dist'));
}

/** Tabs, as in the sources, instead of the compiler's four spaces: a tenth of the package. */
function indent() {
	const tabs = (spaces) => '\t'.repeat(spaces.length / 4);
	return src('dist/**/*.js')
		.pipe(rewrite((text) => text.replace(/^(?: {4})+/gm, tabs)))
		.pipe(dest('dist'));
}

exports.clean = clean;
exports.assets = parallel(icons, json, indent);
