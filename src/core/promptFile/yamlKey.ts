/** A name as a key of YAML, which takes plain ones only without quotes. */
export function yamlKey(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name) ? name : JSON.stringify(name);
}
