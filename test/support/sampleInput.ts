import { type ServiceModel, shapeOf } from '../../src/sandbox/wire/model.js';

/** An input for a shape with what is required: of the right types, though not always of the right patterns. */
export function sampleInput(service: ServiceModel, shapeName: string, depth = 0): unknown {
  const shape = shapeOf(service, shapeName);
  switch (shape.type) {
    case 'structure': {
      const entries = (shape.required ?? []).map((name) => [
        name,
        sampleInput(service, shape.members[name]!, depth + 1),
      ]);
      return Object.fromEntries(entries);
    }
    case 'union': {
      const [first] = Object.entries(shape.members);
      return first === undefined || depth > 8
        ? {}
        : { [first[0]]: sampleInput(service, first[1], depth + 1) };
    }
    case 'eventStream':
      return (async function* () {
        // Nothing is sent.
      })();
    case 'list':
      return Array.from({ length: depth > 8 ? 0 : (shape.min ?? 1) }, () =>
        sampleInput(service, shape.member, depth + 1),
      );
    case 'map':
      return {};
    case 'string':
      return shape.enum?.[0] ?? 'a'.repeat(Math.max(10, shape.min ?? 0)).slice(0, shape.max ?? 10);
    case 'integer':
    case 'number':
      return shape.min ?? 1;
    case 'boolean':
      return true;
    case 'blob':
      return new Uint8Array([123, 125]);
    case 'time':
    case 'epoch':
      return new Date(0);
    case 'document':
      return {};
  }
}
