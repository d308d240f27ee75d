/**
 * Sends something large only when the one before it has been seen, and then the newest. A page that draws more slowly than
 * a study finds points would otherwise fall behind further and further, and everything else that is said with it.
 */
export class Outbox<T> {
  private next: (() => T) | null = null;
  private follow: (() => void) | null = null;
  private waiting = false;

  constructor(private readonly send: (value: T) => void) {}

  /** @param make called when it is sent; never, if something newer comes first */
  put(make: () => T): void {
    this.next = make;
    this.flush();
  }

  /** Says something at once, or behind what waits: nobody hears of an end before seeing it. Only the last of several. */
  after(say: () => void): void {
    if (this.next) this.follow = say;
    else say();
  }

  /** Says something at once; what waited to be said is out of date. */
  now(say: () => void): void {
    this.follow = null;
    say();
  }

  /** What was sent last has arrived and is drawn. */
  seen(): void {
    this.waiting = false;
    this.flush();
  }

  /** There is nobody any more who could see what was sent. */
  reset(): void {
    this.waiting = false;
    this.next = null;
    this.follow = null;
  }

  private flush(): void {
    if (this.waiting || !this.next) return;
    const make = this.next;
    this.next = null;
    this.waiting = true;
    this.send(make());
    this.follow?.();
    this.follow = null;
  }
}
