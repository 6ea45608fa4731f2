/** Says whether the quota can be shared through the Redis of n8n's own settings, as this process's environment has them. */
import { checkSharing } from '../../nodes/shared/throttle/redis/check';
import { redisOfN8n } from '../../nodes/shared/throttle/redis/connection/n8nSettings';

void checkSharing(redisOfN8n()).then((problem) => process.stdout.write(`${problem ?? 'ready'}\n`));
