import * as z from 'zod/mini';
import { ConversationSchema } from '../converse/conversationSchema.js';
import { conversationOptions } from '../converse/openOptions.js';

/** How a table becomes records: of `bedrock.batch.convert`, and of `bedrock.batch.submit` for a table. */
export const tableOptions = z.object({
  /**
   * A prompt, a conversation of the playground, or a system text, messages and parameters as
   * `bedrock.playground.open` takes them. `{{column}}` stands for the cell of a row.
   */
  template: z.optional(z.union([z.string(), ConversationSchema, conversationOptions])),
  /** Path or address of a `*.prompt.md` file, instead of `template`. */
  promptFile: z.optional(z.unknown()),
  /** The column that names the records; `null` numbers the rows. */
  idColumn: z.optional(z.nullable(z.string())),
  /** Leaves out rows whose prompt would be blank; otherwise they are an error. */
  leaveOutBlank: z.optional(z.boolean()),
  /** The file to write, which must not be there yet. */
  output: z.optional(z.string()),
});

/** What `bedrock.batch.convert` returns. */
export const convertedSchema = z.object({
  /** Path of the dataset. */
  output: z.string(),
  records: z.number(),
  /** Rows without a prompt. */
  leftOut: z.number(),
  /** The model the prompt names. */
  modelId: z.optional(z.string()),
  /** What the records are written for, where that is known. */
  invocationType: z.optional(z.enum(['InvokeModel', 'Converse'])),
  /** The table and its id column, where there was one. */
  table: z.optional(z.object({ path: z.string(), idColumn: z.optional(z.string()) })),
});
export type Converted = z.infer<typeof convertedSchema>;
