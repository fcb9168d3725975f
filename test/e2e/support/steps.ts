import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import { causeChain } from '../../../src/core/errors.js';

/** One thing that is done to the workbench; `seen` tells what is there instead when it fails. */
export interface Step<T> {
  readonly what: string;
  readonly work: () => Promise<T>;
  readonly seen?: () => Promise<string>;
}

/** Counted over all windows of this process. */
let failures = 0;

/** Runs steps; one that fails leaves a picture and says what was on the screen. */
export class Steps {
  readonly page: Page;
  readonly #pictures: string;
  readonly #onFailure: () => Promise<void>;

  constructor(page: Page, pictures: string, onFailure: () => Promise<void>) {
    this.page = page;
    this.#pictures = pictures;
    this.#onFailure = onFailure;
  }

  async run<T>(step: Step<T>): Promise<T> {
    try {
      return await step.work();
    } catch (error) {
      throw await this.#explain(step, error);
    }
  }

  /** Writes `<name>.png` among the pictures and returns its path. */
  async picture(name: string): Promise<string> {
    await mkdir(this.#pictures, { recursive: true });
    const path = join(this.#pictures, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  async #explain(step: Step<unknown>, cause: unknown): Promise<Error> {
    const lines = [`Could not ${step.what}: ${stripVTControlCharacters(causeChain(cause))}`];
    try {
      const seen = await step.seen?.();
      if (seen !== undefined) lines.push(`On the screen: ${seen === '' ? '(nothing)' : seen}`);
      failures += 1;
      lines.push(`Picture: ${await this.picture(`failure-${process.pid}-${failures}`)}`);
      await this.#onFailure();
    } catch (error) {
      lines.push(`(No picture: ${causeChain(error)})`);
    }
    return new Error(lines.join('\n'), { cause });
  }
}
