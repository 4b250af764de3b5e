// When an open page looks again: at once when a case it shows has changed, seldom when any other has, and ever more seldom while a storm goes on.
export const soon = 1000; // a moment, so that several changes are one look
export const shortest = 5000; // between two looks
export const longest = 60000; // between two looks in a storm, and from a change of a case that a list does not show (it may belong there now)

// Watch decides when to look. shows(id) says whether the page shows a case; list, whether others could come to be shown; look fetches the page.
// A browser's timers refuse to be called as somebody's methods, so they stand in functions of their own.
export class Watch {
  constructor({ shows, list, look, now = Date.now, later = (turn, after) => setTimeout(turn, after), sooner = (timer) => clearTimeout(timer) }) {
    Object.assign(this, { shows, list, look, now, later, sooner, gap: shortest, last: -Infinity, due: Infinity, timer: null });
  }

  // hear takes what the server says has changed.
  hear({ cases = [], many = false }) {
    if (!many && cases.some((id) => this.shows(id))) return this.plan(Math.max(this.now() + soon, this.last + this.gap));
    if (many && !this.list) return this.plan(Math.max(this.now() + soon, this.last + this.gap));
    if (this.list) this.plan(Math.max(this.now() + soon, this.last + longest));
  }

  plan(at) {
    if (at >= this.due) return;
    this.sooner(this.timer);
    this.due = at;
    this.timer = this.later(() => this.turn(), at - this.now());
  }

  async turn() {
    this.due = Infinity;
    this.gap = this.now() - this.last > 2 * longest ? shortest : Math.min(this.gap * 2, longest);
    this.last = this.now();
    await this.look();
  }
}
