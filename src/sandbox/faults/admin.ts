import { awsFaultOf } from '../awsError.js';
import { parseJsonObject, readBody } from '../http/body.js';
import { emptyReply, jsonReply } from '../http/replies.js';
import type { WireRequest, WireResponse } from '../http/wire.js';
import { type FaultRules, parseFaultRule } from './faultRules.js';
import type { RequestLog } from './requestLog.js';

/**
 * `/_sandbox/faults` (GET list, POST add, DELETE clear) and `/_sandbox/requests` (GET list, DELETE
 * clear). Unsigned: a browser page cannot reach it, as the Host check runs first, a POST must be JSON
 * (which a page may not send to another origin unasked) and no answer allows another origin.
 */
export async function adminReply(
  request: WireRequest,
  { faults, requests }: { readonly faults: FaultRules; readonly requests: RequestLog },
): Promise<WireResponse> {
  if (request.headers['origin'] !== undefined) {
    return jsonReply({ message: 'Requests from web pages are refused.' }, 403);
  }
  switch (`${request.method} ${request.path}`) {
    case 'GET /_sandbox/faults':
      return jsonReply({ faults: faults.list() });
    case 'POST /_sandbox/faults':
      return addFault(request, faults);
    case 'DELETE /_sandbox/faults':
      faults.clear();
      return emptyReply(204);
    case 'GET /_sandbox/requests':
      return jsonReply({ requests: requests.list() });
    case 'DELETE /_sandbox/requests':
      requests.clear();
      return emptyReply(204);
    default:
      return jsonReply({ message: 'Unknown: use /_sandbox/faults or /_sandbox/requests.' }, 404);
  }
}

async function addFault(request: WireRequest, faults: FaultRules): Promise<WireResponse> {
  try {
    faults.add(parseFaultRule(parseJsonObject(await readBody(request.body, 65_536))));
    return jsonReply({ faults: faults.list() });
  } catch (error) {
    const fault = awsFaultOf(error);
    if (fault === undefined) throw error;
    return jsonReply({ message: fault.message }, fault.status);
  }
}
