/**
 * How many pixels to draw for each of the screen's: as many as keep the picture moving smoothly, and more than the
 * screen has when it rests, which smooths its edges. A machine without a graphics card draws fewer while it turns.
 */

/** Slower than this, turning is no longer smooth: 30 frames a second and some reserve. */
const SLOWEST_FRAME_MS = 30;
/** No machine takes so long for a frame: the hand has paused while it held the picture. */
const PAUSE_MS = 1000;
const LEAST = 0.45;
const AT_REST = 2;
/** Weight of the newest frame in the running mean. */
const NEWEST = 0.35;

export class Sharpness {
  /** Drawn pixels for each CSS pixel, along one side. */
  ratio: number;
  private moving: number;
  private last = -Infinity;
  private mean = 0;

  constructor(private readonly screen: number) {
    this.moving = Math.min(screen, AT_REST);
    this.ratio = this.moving;
  }

  /** A frame is about to be drawn. */
  moved(nowMs: number): void {
    const interval = nowMs - this.last;
    this.last = nowMs;
    if (interval > PAUSE_MS) {
      this.mean = 0;
    } else {
      this.mean = this.mean ? (1 - NEWEST) * this.mean + NEWEST * interval : interval;
      if (this.mean > SLOWEST_FRAME_MS && this.moving > LEAST) {
        this.moving = Math.max(LEAST, this.moving * 0.6);
        // The next frames show whether that was enough.
        this.mean = 0;
      }
    }
    this.ratio = this.moving;
  }

  /** Something else is shown, without a movement: it is drawn as the screen is, and sharper when it stays. */
  changed(): void {
    this.ratio = this.screen;
    this.last = -Infinity;
  }

  /** Nothing has moved for a while. */
  rested(): void {
    this.ratio = Math.max(AT_REST, this.screen);
    this.last = -Infinity;
  }
}
