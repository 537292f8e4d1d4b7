import { channel } from 'node:diagnostics_channel';

/** The channel on which the port of a client is published that gets no answer. */
export const SILENT = 'perculus-server:silent';

/** Says that a request hangs, by the port from which it came. */
export const publishSilence = (clientPort: number | undefined) =>
	channel(SILENT).publish(clientPort);
