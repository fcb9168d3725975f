// Activates the built extension and prints, as JSON, what it touched. Arguments: the repository, and a
// folder for its storage.
import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import { register, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

const [root, storage] = process.argv.slice(2);
const editor = new URL('editor.mjs', import.meta.url).href;
const hooks = `
  let port;
  export const initialize = (data) => { port = data.port; };
  export const resolve = async (name, context, next) => {
    if (name === 'vscode') return { url: ${JSON.stringify(editor)}, shortCircuit: true };
    const found = await next(name, context);
    port.postMessage(found.url);
    return found;
  };`;
/** Addresses of the modules that were loaded. */
const loaded = new Set();
const { port1, port2 } = new MessageChannel();
port1.on('message', (url) => loaded.add(url)).unref();
register(`data:text/javascript,${encodeURIComponent(hooks)}`, {
  data: { port: port2 },
  transferList: [port2],
});

/** What was touched: `readFile /path`. */
const touched = [];

/** Notes each call of a function that touches the world, and lets it through. */
function watch(owner, names) {
  for (const name of names) {
    const original = owner[name];
    if (typeof original !== 'function' || /^[A-Z_]/.test(name)) continue;
    owner[name] = function (...args) {
      const [subject] = args;
      touched.push(`${name} ${typeof subject === 'string' ? subject : JSON.stringify(subject)}`);
      return original.apply(this, args);
    };
  }
}

const { activate } = await import(pathToFileURL(`${root}/dist/extension.js`).href);
const { context } = await import(editor);
watch(fs, Object.keys(fs));
watch(fs.promises, Object.keys(fs.promises));
watch(net.Socket.prototype, ['connect']);
watch(dns, ['lookup']);
watch(childProcess, ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync']);
syncBuiltinESMExports();

activate(context(root, storage));
const atOnce = touched.splice(0);
// The ledger is looked at after half a second.
await new Promise((resolve) => setTimeout(resolve, 1_500));
const files = [...loaded].filter((url) => url.startsWith('file:')).map(fileURLToPath);
process.stdout.write(JSON.stringify({ atOnce, later: touched, loaded: files }));
process.exit(0);
