const { rmSync } = require('node:fs');
const { Transform } = require('node:stream');
const { transform } = require('esbuild');
const { dest, parallel, src } = require('gulp');

/** Rewrites the text of each file. */
const rewrite = (change) =>
	new Transform({
		objectMode: true,
		async transform(file, _encoding, done) {
			file.contents = Buffer.from(await change(file.contents.toString()));
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

/**
 * Compiled code without the white space and the long local names that only readers of the sources need: a quarter of
 * the package. Functions keep their names and lines stay short, so a stack trace still says where something happened.
 */
function compact() {
	const options = { minifyWhitespace: true, minifyIdentifiers: true, lineLimit: 120 };
	return src('dist/**/*.js')
		.pipe(rewrite(async (text) => (await transform(text, options)).code))
		.pipe(dest('dist'));
}

exports.clean = clean;
exports.assets = parallel(icons, json, compact);
