import type { AwsFault } from '../awsError.js';
import type { Target } from '../target.js';
import { wireModel } from '../wire/model.js';
import type { Route } from '../wire/route.js';
import { xmlElement, xmlReply } from './replies.js';
import type { WireResponse } from './wire.js';

/** An error in the form the service's clients expect. */
export function errorReply(
  { service, route }: Target,
  fault: AwsFault,
  { requestId, method, path }: { requestId: string; method: string; path: string },
): WireResponse {
  if (service === 'bedrock') return bedrockError(fault, route);
  const reply = service === 's3' ? s3Error(fault, requestId, path) : queryError(fault, requestId);
  // The answer to HEAD has no body; clients then go by the status alone.
  return method === 'HEAD' ? { status: reply.status, headers: {} } : reply;
}

function bedrockError(fault: AwsFault, route: Route | undefined): WireResponse {
  const { code, message, extra } = fault;
  const shape = route && wireModel[route.service].shapes[code];
  const modelled = shape && 'status' in shape ? shape.status : undefined;
  return {
    status: fault.isStatusGiven ? fault.status : (modelled ?? fault.status),
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message, ...extra }),
  };
}

function s3Error({ code, message, status, extra }: AwsFault, requestId: string, path: string) {
  const more = Object.entries(extra).map(([name, value]) => xmlElement(name, value));
  const body =
    xmlElement('Code', code) +
    xmlElement('Message', message) +
    more.join('') +
    xmlElement('Resource', path) +
    xmlElement('RequestId', requestId) +
    xmlElement('HostId', 'sandbox');
  return xmlReply(`<Error>${body}</Error>`, status);
}

function queryError({ code, message, status }: AwsFault, requestId: string): WireResponse {
  const type = xmlElement('Type', status >= 500 ? 'Receiver' : 'Sender');
  const body = `<Error>${type}${xmlElement('Code', code)}${xmlElement('Message', message)}</Error>`;
  const id = xmlElement('RequestId', requestId);
  return xmlReply(`<ErrorResponse>${body}${id}</ErrorResponse>`, status, 'text/xml');
}
