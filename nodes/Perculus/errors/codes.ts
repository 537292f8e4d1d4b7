export * from '../messages';
