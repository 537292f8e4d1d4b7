/** What the bench lends to its tables: scripts in processes of their own, and how figures are written. */
export interface Bench {
	outputOf<T>(name: string, ...args: string[]): Promise<T>;
	startServer(name: string, ...args: string[]): Promise<{ url: string; stop(): void }>;
	median(values: readonly number[]): number;
	ms(value: number): string;
	times(value: number): string;
}
