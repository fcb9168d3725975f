/** The most models one prompt is tried on at once. */
export const maxLanes = 4;
