import { awsError, validationError } from '../awsError.js';
import type { Json } from '../runtime/bodyCheck.js';
import { randomText } from '../state/identity.js';
import { RecordFolder } from '../state/recordFolder.js';
import { type CatalogueModel, requireModel, resolveModel } from './catalogue.js';

export type OwnKind = 'profile' | 'custom' | 'imported' | 'provisioned';

/** Something the account made that leads to a model of the catalogue; times are ISO-8601. */
export interface OwnRecord {
  readonly id: string;
  readonly kind: OwnKind;
  readonly arn: string;
  readonly name: string;
  /** Id in the catalogue: what answers for it. */
  readonly base: string;
  readonly description?: string;
  /** Of a profile: the foundation models it sends to. */
  readonly modelArns?: readonly string[];
  readonly createdAt: string;
}

/** What a new one is made from. */
export type OwnDefinition = Pick<OwnRecord, 'kind' | 'name' | 'base' | 'description' | 'modelArns'>;

/** The account's own models and profiles in memory, each mirrored to `models/ID.json`. */
export class OwnModels {
  private readonly records = new Map<string, OwnRecord>();
  private readonly folder: RecordFolder<OwnRecord>;

  /** `owner` is `region:accountId`, as ARNs have it. */
  constructor(
    dataDir: string,
    private readonly owner: string,
  ) {
    this.folder = new RecordFolder(dataDir, 'models', /^[a-z0-9]{12}$/);
  }

  async load(): Promise<void> {
    const { records } = await this.folder.load();
    for (const record of records) this.records.set(record.id, record);
  }

  async add(definition: OwnDefinition): Promise<OwnRecord> {
    const id = randomText(12, 'abcdefghijklmnopqrstuvwxyz0123456789');
    // The runtime's pattern for the ARN of a custom model has no colon in the base model.
    const base = definition.base.replace(/:.*$/, '');
    const path = { ...paths, custom: `custom-model/${base}` }[definition.kind];
    const arn = `arn:aws:bedrock:${this.owner}:${path}/${id}`;
    const record = { id, arn, ...definition, createdAt: new Date().toISOString() };
    this.records.set(id, record);
    await this.folder.save(id, record);
    return record;
  }

  async remove(id: string): Promise<void> {
    this.records.delete(id);
    await this.folder.remove(id);
  }

  async clear(): Promise<void> {
    for (const id of [...this.records.keys()]) await this.remove(id);
  }

  /** All of a kind, or all, the newest first. */
  all(kind?: OwnKind): OwnRecord[] {
    return [...this.records.values()]
      .filter((record) => kind === undefined || record.kind === kind)
      .reverse();
  }

  /** By id, name or ARN; throws AWS's ResourceNotFoundException. */
  require(kind: OwnKind, identifier: string): OwnRecord {
    const found = this.all(kind).find(
      ({ id, arn, name }) =>
        [id, arn].includes(identifier) || (kind !== 'profile' && name === identifier),
    );
    if (found !== undefined) return found;
    throw awsError('ResourceNotFoundException', `Could not find ${identifier}.`);
  }

  /** The model that answers for an id: of the catalogue, or the one behind an ARN of the account. */
  resolve(modelId: string, region: string): CatalogueModel {
    const own = this.all().find(({ arn }) => arn === modelId);
    return own === undefined ? resolveModel(modelId, region) : requireModel(own.base);
  }
}

const paths: Readonly<Record<OwnKind, string>> = {
  profile: 'application-inference-profile',
  custom: 'custom-model',
  imported: 'imported-model',
  provisioned: 'provisioned-model',
};

/** The body of `POST /_sandbox/models`: kind, name, and the id of the model that answers for it. */
export function readOwnModel({ kind, name, base }: Json): OwnDefinition {
  if (kind !== 'custom' && kind !== 'imported' && kind !== 'provisioned') {
    throw validationError('kind must be custom, imported or provisioned.');
  }
  if (typeof name !== 'string' || !/^[0-9a-zA-Z][0-9a-zA-Z_-]{0,62}$/.test(name)) {
    throw validationError('name must be 1 to 63 letters, digits, dashes and underscores.');
  }
  if (typeof base !== 'string') throw validationError('base must be the id of a model.');
  return { kind, name, base: requireModel(base).id };
}
