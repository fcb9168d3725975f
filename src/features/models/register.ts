import * as z from 'zod/mini';
import { connectionKey } from '../../core/connection.js';
import type { Disposable } from '../../core/lifecycle.js';
import type { Model } from '../../core/models/model.js';
import { registerCommands } from '../../platform/commands.js';
import type { Services } from '../../services.js';

const listOptions = z.object({ refresh: z.optional(z.boolean()) });

/** The list of models, kept a connection. */
export function registerModels(services: Pick<Services, 'session' | 'report'>): Disposable {
  const cache = new Map<string, readonly Model[]>();
  return registerCommands(
    {
      'bedrock.models.list': async (argument) => {
        const { refresh } = z.parse(listOptions, argument ?? {});
        const aws = await services.session.aws();
        const key = connectionKey(aws.connection);
        const known = cache.get(key);
        if (known && !refresh) return known;
        const models = await aws.catalogue.models();
        cache.set(key, models);
        return models;
      },
    },
    services.report,
  );
}
