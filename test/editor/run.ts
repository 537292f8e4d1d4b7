import { runSuite } from '../n8n/suite';
import { ensureChromium } from './chromium';

runSuite("Tests of n8n's editor", 'editor', ensureChromium);
