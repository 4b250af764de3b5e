import { expect, type Page } from "@playwright/test";

/** A person without a mouse. Wherever the keyboard stops, it must be seen where it is, and nothing may lie over it. */
export class Keys {
  constructor(readonly page: Page) {}

  press(...keys: string[]) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  type(words: string) {
    return this.page.keyboard.type(words);
  }

  /** Goes on with Tab to what the selector and the words say; back with Shift+Tab. */
  async to(selector: string, words = "", { back = false } = {}) {
    for (let stops = 0; stops < 250; stops++) {
      await this.press(back ? "Shift+Tab" : "Tab");
      const stop = await this.stop();
      if (stop === null) continue; // the browser's own, between the end and the beginning of the page
      expect(stop.fault, `the keyboard is at ${stop.what}`).toBe("");
      if (await this.page.evaluate(([s, w]) => document.activeElement!.matches(s) && `${document.activeElement!.textContent} ${document.activeElement!.getAttribute("aria-label") ?? ""}`.includes(w), [selector, words] as const)) return;
    }
    throw new Error(`${selector} “${words}” cannot be reached with Tab`);
  }

  /** Goes to it and presses Enter, which leads to another page. */
  async follow(selector: string, words = "", way = {}) {
    await this.to(selector, words, way);
    await Promise.all([this.page.waitForEvent("load"), this.press("Enter")]);
  }

  /** Where the keyboard is now, and what is wrong with it. A page that comes only now is waited for. */
  async stop() {
    try {
      return await this.at();
    } catch (fault) {
      if (!String(fault).includes("Execution context was destroyed")) throw fault;
      await this.page.waitForLoadState("load");
      return this.at();
    }
  }

  private at() {
    return this.page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e), box = e.getClientRects()[0], what = `${e.tagName}.${e.className} ${e.textContent!.trim().slice(0, 30)}`;
      if (!box || box.width < 2 || box.height < 2) return { what, fault: "it has no size" };
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return { what, fault: "no outline shows it" };
      const x = Math.min(box.left + box.width / 2, innerWidth - 1), y = box.height > innerHeight - 160 ? Math.max(box.top, 80) + 20 : box.top + box.height / 2;
      if (y < 0 || y > innerHeight) return { what, fault: "it is out of sight" };
      const over = document.elementFromPoint(x, y);
      if (over && !e.contains(over) && !over.contains(e) && !e.closest("label")?.contains(over)) return { what, fault: `${over.tagName}.${over.className} lies over it` };
      return { what, fault: "" };
    });
  }
}
