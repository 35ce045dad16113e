// A list of thousands of rows of which only those on the screen are in the page. Heights are learnt as rows are seen.

const GUESS = 84;
const BEYOND = 600;

export class VirtualList {
  /**
   * `draw(index)` gives the element of a row; `identity(index)` names what it shows: same name, same element, which
   * `fit(element, index)` may touch up. `sized(index)` is the key under which a row's height is remembered. `drawn()`
   * is called when other rows may be in the page than before.
   */
  constructor(scroller, { draw, identity, fit, sized, drawn }) {
    this.scroller = scroller;
    this.width = scroller.clientWidth;
    this.space = scroller.querySelector(".space");
    this.window = scroller.querySelector(".window");
    this.draw = draw;
    this.identity = identity;
    this.fit = fit;
    this.sized = sized;
    this.drawn = drawn;
    this.heights = new Map();
    this.tops = new Float64Array(1);
    this.count = 0;
    this.shown = new Map();
    this.frame = 0;
    scroller.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => {
      const first = this.rowAt(scroller.scrollTop);
      const isTurned = this.width !== scroller.clientWidth;
      this.width = scroller.clientWidth;
      if (isTurned) this.heights.clear();
      this.measure();
      if (isTurned) scroller.scrollTop = this.tops[first];
      this.later();
    }).observe(scroller);
  }

  /** So many rows there are now; their heights are taken anew from what is known. `render` shows them. */
  reset(count) {
    this.count = count;
    this.measure();
  }

  /** The row may have another height now. */
  forget(index) {
    this.heights.delete(this.sized(index));
  }

  measure() {
    const tops = this.tops.length === this.count + 1 ? this.tops : new Float64Array(this.count + 1);
    for (let index = 0; index < this.count; index += 1) tops[index + 1] = tops[index] + (this.heights.get(this.sized(index)) ?? GUESS);
    this.tops = tops;
    this.space.style.height = `${tops[this.count]}px`;
  }

  later() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.render());
  }

  rowAt(offset) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  render() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    for (let round = 0; round < 4; round += 1) {
      const top = this.scroller.scrollTop;
      const first = this.rowAt(top - BEYOND);
      const last = Math.min(this.count, this.rowAt(top + this.scroller.clientHeight + BEYOND) + 1);
      this.place(first, last);
      if (!this.learn(first, last, top)) break;
    }
    this.drawn();
  }

  place(first, last) {
    const next = new Map();
    const wanted = [];
    for (let index = first; index < last; index += 1) {
      const name = this.identity(index);
      const known = this.shown.get(name);
      const element = known ?? this.draw(index);
      if (known) this.fit(known, index);
      next.set(name, element);
      wanted.push(element);
    }
    for (const [name, element] of this.shown) if (!next.has(name)) element.remove();
    wanted.forEach((element, place) => {
      if (this.window.children[place] !== element) this.window.insertBefore(element, this.window.children[place] ?? null);
    });
    while (this.window.children.length > wanted.length) this.window.lastElementChild.remove();
    this.shown = next;
    this.first = first;
    this.window.style.transform = `translateY(${this.tops[first]}px)`;
  }

  /** Take the heights of what is shown. Whether any was other than thought; then what is looked at stays in place. */
  learn(first, last, top) {
    const anchor = this.rowAt(top);
    const before = this.tops[anchor];
    let changed = false;
    for (let index = first; index < last; index += 1) {
      const height = this.window.children[index - first].getBoundingClientRect().height;
      const key = this.sized(index);
      if (Math.abs((this.heights.get(key) ?? GUESS) - height) > 0.5) {
        this.heights.set(key, height);
        changed = true;
      }
    }
    if (!changed) return false;
    this.measure();
    const drift = this.tops[anchor] - before;
    if (Math.abs(drift) > 0.5) this.scroller.scrollTop = top + drift;
    return true;
  }

  /** Bring a row onto the screen, with some of its neighbours. */
  reveal(index) {
    if (index < 0 || index >= this.count) return;
    for (let round = 0; round < 3; round += 1) {
      const view = this.scroller.clientHeight;
      const margin = Math.min(160, view / 4);
      const top = this.tops[index];
      const bottom = this.tops[index + 1];
      const at = this.scroller.scrollTop;
      let to = at;
      if (top < at + margin) to = top - margin;
      else if (bottom > at + view - margin) to = Math.min(top - margin, bottom - view + margin);
      if (to !== at) this.scroller.scrollTop = Math.max(0, to);
      this.render();
      if (to === at) return;
    }
  }
}
