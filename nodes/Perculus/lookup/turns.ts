/** Ends of the turns that were taken last, by key. */
const last = new Map<string, Promise<void>>();

/**
 * Takes a turn for each key, all at once, so that two runs never wait for each other crosswise, and waits until those
 * that were taken before have ended.
 *
 * @param keys what runs of this process must not do at the same time: an account and a reference
 * @param wait waits a little, and throws when the user cancels the run meanwhile
 * @returns ends the turns; to be called whatever happens
 */
export async function takeTurns(
	keys: readonly string[],
	wait: () => Promise<void>,
): Promise<() => void> {
	const before = Promise.all(keys.flatMap((key) => last.get(key) ?? []));
	let end = (): void => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	// Whoever comes later waits for those before, too, even if this run is cancelled while it waits.
	const mine = Promise.all([before, ended]).then(() => {
		for (const key of keys) if (last.get(key) === mine) last.delete(key);
	});
	for (const key of keys) last.set(key, mine);
	try {
		await orCancelled(before, wait);
	} catch (error) {
		end();
		return await Promise.reject(error);
	}
	return end;
}

async function orCancelled(before: Promise<unknown>, wait: () => Promise<void>): Promise<void> {
	let isOver = false;
	const over = before.then(() => (isOver = true));
	// A first look, since most runs have nobody before them.
	await Promise.race([over, Promise.resolve()]);
	while (!isOver) await Promise.race([over, wait()]);
}
