import { type Locator, type Page } from "@playwright/test";

/**
 * Counts what a person does with mouse and keys. Seconds are reckoned by the keystroke-level model (Card, Moran and Newell 1980): 1.1 for pointing and
 * 0.2 for the button, 0.28 for each key, and 1.35 for thinking before every step. A Chinese character is four keys of a pinyin input method.
 */
export class Hand {
  clicks = 0;
  keys = 0;
  steps = 0;

  constructor(private readonly page: Page) {}

  get seconds() {
    return this.clicks * 1.3 + this.keys * 0.28 + this.steps * 1.35;
  }

  private did(clicks: number, text = "") {
    this.clicks += clicks;
    this.keys += [...text].reduce((n, letter) => n + (letter > "⺀" ? 4 : 1), 0);
    this.steps++;
  }

  /** Follows an address that somebody gave: pasted, and the return key. */
  async open(address: string) {
    this.did(1, "vr");
    return this.page.goto(address);
  }

  async click(what: Locator) {
    await what.click();
    this.did(1);
  }

  async press(button: string) {
    await this.click(this.page.getByRole("button", { name: button, exact: true }));
  }

  async type(label: string | RegExp, text: string) {
    await this.page.getByLabel(label, { exact: true }).fill(text);
    this.did(1, text);
  }

  async select(label: string, option: string | { index: number }) {
    await this.page.getByLabel(label, { exact: true }).selectOption(option);
    this.did(2);
  }

  /** Chooses a file in the system's own window: a click here, and two there. */
  async file(label: string, file: { name: string; mimeType: string; buffer: Buffer }) {
    await this.page.getByLabel(label).setInputFiles(file);
    this.did(3);
  }

  /** Types into a field that suggests, and takes a suggestion. */
  async choose(label: string, words: string) {
    await this.page.getByRole("combobox", { name: new RegExp(`^${label}`) }).fill(words);
    await this.page.getByRole("listbox").getByRole("option", { name: words }).first().click();
    this.did(2, words);
  }
}
