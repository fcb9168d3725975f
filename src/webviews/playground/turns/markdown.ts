import { Lexer, type Token, type Tokens } from 'marked';
import { host, strings } from '../page.js';
import { reportProblem } from '../store.js';

/**
 * Markdown as DOM nodes. The text is a model's and hostile: nothing of it is ever parsed as HTML, tags
 * stay text, pictures become a link that says so, and links go to the extension, which checks them.
 */
export function renderMarkdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  appendBlocks(fragment, new Lexer({ gfm: true }).lex(text));
  return fragment;
}

function element(name: string, className?: string): HTMLElement {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  return made;
}

function appendBlocks(parent: Node, tokens: readonly Token[]): void {
  for (const token of tokens) parent.appendChild(block(token as Tokens.Generic));
}

function withInline(name: string, tokens: readonly Token[] | undefined, text: string): HTMLElement {
  const made = element(name);
  if (tokens) appendInline(made, tokens);
  else made.textContent = text;
  return made;
}

function block(token: Tokens.Generic): Node {
  switch (token.type) {
    case 'heading': {
      // The page has its own h1 to h3.
      const level = Math.min(6, (token as Tokens.Heading).depth + 3);
      return withInline(`h${level}`, token.tokens, String(token['text']));
    }
    case 'paragraph':
      return withInline('p', token.tokens, String(token['text']));
    case 'text':
      return withInline('span', token.tokens, String(token['text']));
    case 'code':
      return codeBlock(token as Tokens.Code);
    case 'blockquote': {
      const quote = element('blockquote');
      appendBlocks(quote, token.tokens ?? []);
      return quote;
    }
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    case 'hr':
      return element('hr');
    case 'space':
    case 'def':
      return document.createTextNode('');
    default:
      return withInline('p', undefined, token.raw);
  }
}

function list(token: Tokens.List): HTMLElement {
  const made = element(token.ordered ? 'ol' : 'ul');
  if (token.ordered && typeof token.start === 'number' && token.start !== 1) {
    made.setAttribute('start', String(token.start));
  }
  for (const item of token.items) {
    const line = element('li', item.task ? 'task' : undefined);
    if (item.task) line.append(item.checked ? '☑ ' : '☐ ');
    appendBlocks(
      line,
      item.tokens.filter(({ type }) => type !== 'checkbox'),
    );
    made.append(line);
  }
  return made;
}

function table(token: Tokens.Table): HTMLElement {
  const scroller = element('div', 'table');
  scroller.tabIndex = 0;
  const made = element('table');
  const row = (cells: readonly Tokens.TableCell[], name: string) => {
    const line = element('tr');
    for (const [index, cell] of cells.entries()) {
      const made = withInline(name, cell.tokens, cell.text);
      const align = token.align[index];
      if (align) made.className = align;
      line.append(made);
    }
    return line;
  };
  const head = element('thead');
  head.append(row(token.header, 'th'));
  const body = element('tbody');
  for (const cells of token.rows) body.append(row(cells, 'td'));
  made.append(head, body);
  scroller.append(made);
  return scroller;
}

/** A block of code with its language and what can be done with it. */
function codeBlock({ text, lang }: Tokens.Code): HTMLElement {
  const language = /^[\w+#.-]*/.exec(lang ?? '')?.[0] ?? '';
  const figure = element('figure', 'code');
  const bar = element('figcaption');
  const name = element('span', 'code-language');
  name.textContent = language === '' ? strings.code : language;
  bar.append(
    name,
    action('copy', strings.copy, () => host.copy({ text })),
    action('insert', strings.insertCode, () => host.insertText({ text })),
    action('go-to-file', strings.openInEditor, () =>
      host.openText({ text, languageId: language.toLowerCase() || 'plaintext' }),
    ),
  );
  const pre = element('pre');
  pre.tabIndex = 0;
  const code = element('code');
  code.textContent = text;
  pre.append(code);
  figure.append(bar, pre);
  return figure;
}

function action(icon: string, label: string, run: () => Promise<unknown>): HTMLElement {
  const button = element('button', 'icon-button');
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', label);
  button.title = label;
  const picture = element('span', `codicon codicon-${icon}`);
  picture.setAttribute('aria-hidden', 'true');
  button.append(picture);
  button.addEventListener('click', () => {
    run().then(() => {
      if (icon !== 'copy') return;
      picture.className = 'codicon codicon-check';
      setTimeout(() => {
        picture.className = `codicon codicon-${icon}`;
      }, 1500);
    }, reportProblem);
  });
  return button;
}

function appendInline(parent: Node, tokens: readonly Token[]): void {
  for (const token of tokens) parent.appendChild(inline(token as Tokens.Generic));
}

const inlineTags: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', del: 'del' };

function inline(token: Tokens.Generic): Node {
  const tag = inlineTags[token.type];
  if (tag !== undefined) return withInline(tag, token.tokens, String(token['text']));
  switch (token.type) {
    case 'text':
    case 'escape':
      return token.tokens
        ? withInline('span', token.tokens, '')
        : document.createTextNode(unescape(String(token['text'])));
    case 'codespan': {
      const code = element('code');
      code.textContent = String(token['text']);
      return code;
    }
    case 'br':
      return element('br');
    case 'link':
      return link(String(token['href']), token.tokens, String(token['text']));
    case 'image': {
      const label = `${strings.picture}: ${String(token['text']) || String(token['href'])}`;
      return link(String(token['href']), undefined, label);
    }
    default:
      return document.createTextNode(token.raw);
  }
}

/** marked leaves entities of the source in its texts. */
function unescape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&nbsp;': '\u00a0',
    '&amp;': '&',
  };
  return text.replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => entities[entity] ?? entity);
}

function link(href: string, tokens: readonly Token[] | undefined, text: string): HTMLElement {
  const made = withInline('a', tokens, text);
  made.title = href;
  made.setAttribute('role', 'link');
  made.tabIndex = 0;
  // No href: the page itself never goes anywhere.
  const open = () => {
    host.openLink({ url: href }).catch(reportProblem);
  };
  made.addEventListener('click', open);
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') open();
  });
  return made;
}
