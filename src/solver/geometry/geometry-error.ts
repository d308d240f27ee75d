/** What the geometry cannot do with the points or half-spaces it was given, in words for the caller's log. */
export class GeometryError extends Error {
  override name = 'GeometryError';
}
