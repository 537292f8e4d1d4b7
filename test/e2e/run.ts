import { runSuite } from '../n8n/suite';

runSuite({ title: 'End-to-end tests in a real n8n', folder: 'e2e' });
