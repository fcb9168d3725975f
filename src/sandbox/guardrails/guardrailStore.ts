import { RecordFolder } from '../state/recordFolder.js';
import type { Guardrail } from './guardrail.js';
import { sampleGuardrail } from './sampleGuardrail.js';

/** Guardrails in memory, each mirrored to `guardrails/ID.json`. */
export class GuardrailStore {
  private readonly guardrails = new Map<string, Guardrail>();
  private readonly folder: RecordFolder<Guardrail>;

  /** `owner` is `region:accountId`, as ARNs have it. */
  constructor(
    dataDir: string,
    private readonly owner: string,
  ) {
    this.folder = new RecordFolder(dataDir, 'guardrails', /^[a-z0-9]{1,64}$/);
  }

  /** Reads the folder; one that was not there before starts with a sample. */
  async load(): Promise<void> {
    const { records, isNew } = await this.folder.load();
    for (const guardrail of records) this.guardrails.set(guardrail.guardrailId, guardrail);
    if (isNew) await this.save(sampleGuardrail(this.owner));
  }

  async save(guardrail: Guardrail): Promise<void> {
    this.guardrails.set(guardrail.guardrailId, guardrail);
    await this.folder.save(guardrail.guardrailId, guardrail);
  }

  async remove(id: string): Promise<void> {
    this.guardrails.delete(id);
    await this.folder.remove(id);
  }

  /** By id or ARN; an ARN of another Region or account finds nothing. */
  find(identifier: string): Guardrail | undefined {
    const found = this.guardrails.get(identifier.slice(identifier.lastIndexOf('/') + 1));
    if (!identifier.startsWith('arn:')) return found;
    return found?.guardrailArn === identifier ? found : undefined;
  }

  /** The newest first, as AWS lists them. */
  all(): Guardrail[] {
    const created = ({ versions }: Guardrail) => versions[0]?.createdAt ?? '';
    return [...this.guardrails.values()].sort((a, b) => created(b).localeCompare(created(a)));
  }
}

/** The ARN of a guardrail; `owner` is `region:accountId`. */
export function guardrailArn(owner: string, id: string): string {
  return `arn:aws:bedrock:${owner}:guardrail/${id}`;
}
