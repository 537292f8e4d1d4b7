export type { ReasonName } from '../messages';
