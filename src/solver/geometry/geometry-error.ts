/** What the geometry cannot do with the points or half-spaces it was given, in words for the caller's log. */
export class GeometryError extends Error {
  override name = 'GeometryError';
}

/** Half-spaces that leave a way to infinity. */
export class UnboundedError extends GeometryError {
  override name = 'UnboundedError';
}
