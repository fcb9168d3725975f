// `npm run demo` and `npm start`: installs what is missing, builds, and shows the main job in a real
// VS Code. `--keep` (as `npm start`) leaves the editor running and prints its address.
import { bootstrap, run } from './bootstrap.mjs';

await bootstrap();
console.log('Building ...');
const built = await run(process.execPath, ['esbuild.mjs', '--production']);
if (built.code !== 0) {
  console.error('The build failed; its message above says why.');
  process.exit(1);
}
const shown = await run(
  process.execPath,
  ['--import=tsx', 'test/e2e/demo.ts', ...process.argv.slice(2)],
  { limitMinutes: process.argv.includes('--keep') ? 24 * 60 : 20 },
);
process.exitCode = shown.code;
