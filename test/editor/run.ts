import { runSuite } from '../n8n/suite';
import { ensureChromium } from './chromium';

runSuite({ title: "Tests of n8n's editor", folder: 'editor', prepare: ensureChromium });
