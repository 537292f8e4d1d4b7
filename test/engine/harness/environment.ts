/** What n8n-core reads while it is loaded; import this first. It keeps tests off a developer's real `~/.n8n`. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_ENCRYPTION_KEY = 'engine-tests-only';
process.env.N8N_USER_FOLDER = join(tmpdir(), 'n8n-nodes-perculus-engine');
process.env.N8N_LOG_LEVEL = 'silent';
