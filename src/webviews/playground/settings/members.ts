/** The object with that member, or without it where the value is undefined: only what is set is sent. */
export function withMember<T extends object, K extends keyof T>(
  from: T,
  name: K,
  value: T[K] | undefined,
): T {
  const rest = Object.entries(from).filter(([key]) => key !== name);
  const kept = value === undefined ? rest : [...rest, [name, value] as const];
  return Object.fromEntries(kept) as T;
}
