import { isDraft, type Draft, type Resource, type Run, type Settled } from '../contract';

/**
 * The items with what a last look at the saved ones found. Nothing that happens then may lose them: they are saved.
 *
 * @throws what ends a run that the user stops
 */
export async function withLastLook<D extends Draft>(
	settled: ReadonlyArray<Settled<D>>,
	resource: Resource<D>,
	{ isCancelled }: Run,
): Promise<ReadonlyArray<Settled<D>>> {
	if (!resource.lookAgain) return settled;
	const found = await resource
		.lookAgain(settled)
		.catch(async (error: unknown) =>
			isCancelled() ? await Promise.reject(error) : new Map<D, string>(),
		);
	if (found.size === 0) return settled;
	return settled.map((one) => {
		const { built, outcome } = one;
		const warning = isDraft(built) ? found.get(built) : undefined;
		if (warning === undefined || outcome.kind !== 'approved') return one;
		return { ...one, outcome: { ...outcome, warnings: [...outcome.warnings, warning] } };
	});
}
