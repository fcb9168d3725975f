// Writes ThirdPartyNotices.txt from what a build really bundled.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Copied into `dist` beside what is bundled. */
const copied = ['node_modules/@vscode/codicons'];

/** The folders of the packages that have at least a byte in an output, sorted. */
export function bundledPackages(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  const folders = inputs.filter((path) => path.includes('node_modules/')).map(packageFolder);
  return [...new Set([...folders, ...copied])].sort();
}

/** The innermost folder around a file that has a package.json with a name and a version. */
function packageFolder(path) {
  for (let folder = dirname(path); folder.includes('node_modules/'); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
    if (name && version) return folder;
  }
  throw new Error(`${path} belongs to no package`);
}

/** The notices: every license text once, with the packages it is of. */
export function noticesOf(folders) {
  const packages = folders.map((folder) => ({ ...manifestOf(folder), text: licenseText(folder) }));
  const byText = new Map();
  for (const { name, version, license, author, text } of packages) {
    const terms = text ?? standardText(license, author, packages);
    if (!terms) throw new Error(`${name} ships no license text: add it to thirdPartyNotices.mjs`);
    byText.set(terms, [...(byText.get(terms) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const line = '-'.repeat(78);
  const title =
    'Bedrock Workbench contains the following third-party software, under these terms.\n';
  return [title, ...parts].join(`\n${line}\n\n`);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function licenseText(folder) {
  const names = readdirSync(folder).filter((name) =>
    /^(license|licence|copying|notice)/i.test(name),
  );
  const texts = names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}

/** The text of a license for a package that only names it. */
function standardText(license, author, packages) {
  if (license === 'MIT') {
    const permission = packages.find((other) => other.license === 'MIT' && other.text)?.text;
    const terms = /Permission is hereby granted[^]*$/.exec(permission ?? '')?.[0];
    const owner = typeof author === 'string' ? author : author?.name;
    return terms && `MIT License\n\nCopyright (c) ${owner ?? 'the authors'}\n\n${terms}`;
  }
  return packages.find((other) => other.license === license && other.text)?.text;
}
