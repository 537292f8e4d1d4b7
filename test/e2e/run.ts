import { runSuite } from '../n8n/suite';

runSuite('End-to-end tests in a real n8n', 'e2e');
