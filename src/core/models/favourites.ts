/** Puts an id first among the favourites, or takes it away. */
export function setFavourite(ids: readonly string[], id: string, isFavourite: boolean): string[] {
  if (ids.includes(id) === isFavourite) return [...ids];
  return isFavourite ? [id, ...ids] : ids.filter((other) => other !== id);
}

/** Puts an id first among the recent ones, each of which is there once. */
export function noteRecent(ids: readonly string[], id: string, limit = 5): string[] {
  return [id, ...ids.filter((other) => other !== id)].slice(0, limit);
}

/** A list of ids as it was stored; what is not a text is left out. */
export function parseIds(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
