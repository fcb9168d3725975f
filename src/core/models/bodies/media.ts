import * as l10n from '@vscode/l10n';
import type { Group, Member } from './member.js';
import { anyObject, plain } from './memberForms.js';

const jpeg = new Set(['jpg', 'jpe', 'jfif', 'pjpeg']);

/** The format's right name, for a person who wrote another one. */
function instead(prefix: string, choices: readonly string[]): (value: unknown) => string {
  return (value) => {
    const name = String(value).toLowerCase().replace(prefix, '');
    const right = prefix + (jpeg.has(name) ? 'jpeg' : name);
    return choices.includes(right)
      ? l10n.t('Write "{0}".', right)
      : l10n.t('Convert the file to one of them.');
  };
}

/** A media format: AWS takes these names only, in small letters. */
function format(choices: readonly string[], prefix = ''): Member {
  return {
    type: 'string',
    isRequired: true,
    choices,
    instead: instead(prefix, choices),
    rule: 'media-type',
  };
}

const imageFormats = ['png', 'jpeg', 'gif', 'webp'];

/** Claude's image types. */
export const imageType = format(
  imageFormats.map((name) => `image/${name}`),
  'image/',
);

const place = (...more: string[]): Member => ({
  type: 'object',
  isRequired: true,
  isUnion: true,
  members: {
    bytes: plain('string'),
    s3Location: { type: 'object', members: { uri: { type: 'string', isRequired: true } } },
    ...Object.fromEntries(more.map((name) => [name, plain('any')])),
  },
});

const media = (formats: readonly string[]): Member => ({
  type: 'object',
  members: { format: format(formats), source: place() },
});

/**
 * Media of Converse and Nova.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html and its
 * neighbours, service model of 2026-11.
 */
const mediaBlocks = {
  image: media(imageFormats),
  video: media(['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp']),
  audio: media([
    ...['mp3', 'opus', 'wav', 'aac', 'flac', 'mp4', 'ogg', 'mkv', 'mka', 'x-aac', 'm4a', 'mpeg'],
    ...['mpga', 'pcm', 'webm'],
  ]),
  document: {
    type: 'object',
    members: {
      format: {
        ...format(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']),
        isRequired: false,
      },
      name: { type: 'string', isRequired: true },
      source: place('text', 'content'),
    },
  },
} as const satisfies Readonly<Record<string, Member>>;

const toolInput: Member = {
  type: 'object',
  isRequired: true,
  instead: () => l10n.t('Write an object: {"name": "value"}.'),
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html (2026-11) */
export const converseBlock: Group = {
  isUnion: true,
  wrongNames: {
    type: () => l10n.t('Remove "type": write {"text": "…"} without it.'),
    image_url: () => l10n.t('Write {"image": {"format": …, "source": {"bytes": …}}}.'),
  },
  members: {
    text: { type: 'string', text: 'nonBlank' },
    ...mediaBlocks,
    toolUse: {
      type: 'object',
      members: {
        toolUseId: { type: 'string', isRequired: true },
        name: { type: 'string', isRequired: true },
        input: toolInput,
      },
    },
    toolResult: {
      type: 'object',
      members: {
        toolUseId: { type: 'string', isRequired: true },
        content: {
          type: 'array',
          isRequired: true,
          items: {
            type: 'object',
            isUnion: true,
            members: {
              text: { type: 'string', text: 'nonBlank' },
              json: plain('any'),
              ...mediaBlocks,
              searchResult: anyObject(),
            },
          },
        },
      },
    },
    guardContent: anyObject(),
    cachePoint: anyObject(),
    reasoningContent: anyObject(),
    citationsContent: anyObject(),
    searchResult: anyObject(),
    toolAddition: anyObject(),
    toolRemoval: anyObject(),
  },
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_SystemContentBlock.html (2026-11) */
export const systemBlocks: Member = {
  type: 'array',
  about: () => l10n.t('What the model should be: `[{"text": "…"}]`.'),
  instead: () => l10n.t('Write [{"text": "…"}].'),
  items: {
    type: 'object',
    isUnion: true,
    instead: () => l10n.t('Write {"text": "…"}.'),
    wrongNames: { type: () => l10n.t('Remove "type": write {"text": "…"} without it.') },
    members: {
      text: { type: 'string', text: 'nonEmpty' },
      guardContent: anyObject(),
      cachePoint: anyObject(),
    },
  },
};

/** A conversation whose messages hold Converse's blocks. */
export const converseMessages = (...roles: string[]): Member => ({
  type: 'array',
  about: () => l10n.t('The conversation so far, the question last.'),
  isRequired: true,
  min: 1,
  instead: () =>
    l10n.t('Write at least one message: [{"role": "user", "content": [{"text": "…"}]}].'),
  items: {
    type: 'object',
    about: () => l10n.t('One message.'),
    instead: () => l10n.t('Write {"role": "user", "content": …}.'),
    members: {
      role: roleOf(roles),
      content: {
        type: 'array',
        about: () => l10n.t('A list of blocks.'),
        isRequired: true,
        min: 1,
        instead: () => l10n.t('Write [{"text": "…"}].'),
        items: { type: 'object', ...converseBlock, instead: () => l10n.t('Write {"text": "…"}.') },
      },
    },
  },
});

/** Who speaks. */
export const roleOf = (roles: readonly string[]): Member => ({
  type: 'string',
  about: () => l10n.t('Who speaks.'),
  isRequired: true,
  choices: roles,
  instead: (value) =>
    value === 'system' || value === 'developer'
      ? l10n.t('Move it to the "system" member.')
      : l10n.t('Change it.'),
});
