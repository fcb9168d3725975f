import { awsFaultOf } from '../awsError.js';
import { parseJsonObject, readBody } from '../http/body.js';
import { emptyReply, jsonReply } from '../http/replies.js';
import type { WireRequest, WireResponse } from '../http/wire.js';
import { type FaultRules, parseFaultRule } from './faultRules.js';
import { type OwnModels, readOwnModel } from '../models/ownModels.js';
import type { RequestLog } from './requestLog.js';

interface AdminServices {
  readonly faults: FaultRules;
  readonly requests: RequestLog;
  readonly bedrock: { readonly ownModels: OwnModels };
}

/**
 * `/_sandbox/faults` (GET list, POST add, DELETE clear), `/_sandbox/requests` (GET list, DELETE clear)
 * and `/_sandbox/models` (GET list, DELETE clear, POST `{kind, name, base}`: a custom, imported or
 * provisioned model of the account that answers as the catalogue's model `base`). Unsigned: a browser page cannot reach it, as the Host check runs first, a POST must be JSON
 * (which a page may not send to another origin unasked) and no answer allows another origin.
 */
export async function adminReply(
  request: WireRequest,
  { faults, requests, bedrock: { ownModels } }: AdminServices,
): Promise<WireResponse> {
  if (request.headers['origin'] !== undefined) {
    return jsonReply({ message: 'Requests from web pages are refused.' }, 403);
  }
  switch (`${request.method} ${request.path}`) {
    case 'GET /_sandbox/faults':
      return jsonReply({ faults: faults.list() });
    case 'POST /_sandbox/faults':
      return refusable(async () => {
        faults.add(parseFaultRule(await jsonBody(request)));
        return jsonReply({ faults: faults.list() });
      });
    case 'DELETE /_sandbox/faults':
      faults.clear();
      return emptyReply(204);
    case 'GET /_sandbox/requests':
      return jsonReply({ requests: requests.list() });
    case 'DELETE /_sandbox/requests':
      requests.clear();
      return emptyReply(204);
    case 'GET /_sandbox/models':
      return jsonReply({ models: ownModels.all() });
    case 'POST /_sandbox/models':
      return refusable(async () =>
        jsonReply(await ownModels.add(readOwnModel(await jsonBody(request)))),
      );
    case 'DELETE /_sandbox/models':
      await ownModels.clear();
      return emptyReply(204);
    default:
      return jsonReply({ message: 'Unknown: use /_sandbox/faults, requests or models.' }, 404);
  }
}

async function jsonBody(request: WireRequest): Promise<Record<string, unknown>> {
  return parseJsonObject(await readBody(request.body, 65_536));
}

/** The answer, or what is wrong with the request. */
async function refusable(work: () => Promise<WireResponse>): Promise<WireResponse> {
  try {
    return await work();
  } catch (error) {
    const fault = awsFaultOf(error);
    if (fault === undefined) throw error;
    return jsonReply({ message: fault.message }, fault.status);
  }
}
