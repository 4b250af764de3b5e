import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Signs in as a demo account. */
export async function signIn(page: Page, username: string) {
  await page.goto("/sign-in");
  await page.getByLabel("账号").fill(username);
  await page.getByLabel("密码").fill("parkway-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "我的工作" })).toBeVisible();
}

/** The day in the zone, which in the demo is not the machine's, so many days later, as forms want it. */
export async function day(page: Page, later: number) {
  const [, year, month, date] = (await page.locator(".pw-date").textContent())!.match(/(\d+)年(\d+)月(\d+)日/)!;
  return new Date(Date.UTC(+year, +month - 1, +date + later)).toISOString().slice(0, 10);
}

/** Signs in without the page, for those who come to look at others. */
export async function enter(page: Page, username: string) {
  await page.context().clearCookies();
  const answer = await page.request.post("/sign-in", { form: { username, password: "parkway-demo" }, maxRedirects: 0 });
  expect(answer.status(), username).toBe(303);
}

/**
 * Marks what stands beside two others that are built like it: the thirtieth row of a list has no fault that the first two have not, and axe takes
 * seconds for thirty. Ids, which it compares across the page, are compared here. Returns how the page is built.
 */
export async function build(page: Page) {
  const { twice, text } = await page.evaluate(() => {
    const of = (e: Element): string => {
      const own = [...e.attributes].filter((a) => a.name === "class" || a.name === "type" || a.name === "disabled" || a.name === "hidden" || a.name === "href" || a.name.startsWith("aria-") || a.name === "role")
        .map((a) => (a.name === "class" || a.name === "type" || a.name === "role" ? `${a.name}=${a.value}` : `${a.name}${a.value === "" ? "!" : ""}`));
      const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent!.trim() !== "");
      const seen = new Map<string, number>();
      const inside = [...e.children].map((child) => {
        const text = of(child), times = (seen.get(text) ?? 0) + 1;
        seen.set(text, times);
        if (times > 2 && !child.matches("html, head, body, svg *")) child.setAttribute("data-again", "");
        return times > 2 ? "" : text;
      });
      return `${e.tagName}[${own.join(" ")}]${words ? "w" : ""}(${inside.join("")})`;
    };
    const text = of(document.body);
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    return { text, twice: ids.filter((id, i) => ids.indexOf(id) !== i) };
  });
  expect(twice, "ids that are there twice").toEqual([]);
  return text;
}

/** What axe finds on a page as it is now, with every rule it has; at another size of a page that was looked at so, with those that go by the size. No page has frames, so axe needs no second page to put their findings together. */
export async function faults(page: Page, size: "first" | "another" = "first") {
  await build(page);
  expect(page.frames(), "frames on the page").toHaveLength(1);
  // What an open menu lies over is no target until the menu is closed: how much of a link its edge happens to leave is no fault of the link.
  await page.evaluate(() => {
    for (const e of document.querySelectorAll("[data-covered]")) e.removeAttribute("data-covered");
    for (const menu of document.querySelectorAll(".pw-rest[open] > .pw-menu")) {
      const over = menu.getBoundingClientRect();
      for (const e of document.querySelectorAll(".pw-main :is(a, button, summary, input, select, textarea)")) {
        const box = e.getBoundingClientRect();
        if (!menu.contains(e) && box.left < over.right && over.left < box.right && box.top < over.bottom && over.top < box.bottom) e.setAttribute("data-covered", "");
      }
    }
  });
  const looking = () => new AxeBuilder({ page }).setLegacyMode();
  const rules = size === "first" ? { rules: { "target-size": { enabled: true }, "color-contrast": { enabled: false } } } : { runOnly: bySize };
  const all = await looking().exclude("[data-again]").exclude("[data-covered]").options({ ...rules, resultTypes: ["violations"] }).analyze();
  const found = all.violations;
  if (await tints(page)) found.push(...(await looking().include("[data-tint]").options({ runOnly: ["color-contrast"], resultTypes: ["violations"] }).analyze()).violations);
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`);
}

/** What can be right at one size and wrong at another, of one document: how much room there is, what scrolls, and names that are hidden where it is narrow. */
const bySize = ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "button-name", "link-name", "summary-name", "label", "select-name", "input-button-name", "aria-input-field-name", "aria-toggle-field-name",
  "aria-command-name", "empty-heading", "heading-order", "page-has-heading-one", "landmark-one-main", "region", "td-headers-attr", "th-has-data-cells", "list", "listitem"];

const tinted = new Set<string>();

/**
 * Marks one text of each colour, size and ground that was not looked at before: whether it can be read follows from these alone, and to ask it of every text
 * took four fifths of the time that axe takes. Returns how many there are.
 */
async function tints(page: Page) {
  const found = await page.evaluate((known) => {
    const seen = new Set(known);
    for (const e of document.querySelectorAll("[data-tint]")) e.removeAttribute("data-tint");
    const fresh: string[] = [];
    for (const e of document.querySelectorAll<HTMLElement>("body *")) {
      const says = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent!.trim() !== "") || e.matches("input, select, textarea");
      if (!says || e.closest("[data-again], [data-covered]") || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const own = getComputedStyle(e);
      const tint = [own.color, own.fontSize, own.fontWeight, own.textShadow, e.matches(":disabled, [aria-disabled=true] *")];
      for (let on: Element | null = e; on; on = on.parentElement) {
        const style = getComputedStyle(on);
        if (style.opacity !== "1") tint.push(style.opacity);
        if (style.backgroundImage !== "none") tint.push(style.backgroundImage);
        if (style.backgroundColor === "rgba(0, 0, 0, 0)") continue;
        tint.push(style.backgroundColor);
        if (style.backgroundColor.startsWith("rgb(")) break;
      }
      const name = tint.join("|");
      if (seen.has(name)) continue;
      seen.add(name);
      fresh.push(name);
      e.setAttribute("data-tint", "");
    }
    return fresh;
  }, [...tinted]);
  for (const name of found) tinted.add(name);
  return found.length;
}

/** Holds a page against every rule of axe, against overflow, and against words that were not translated. */
export async function check(page: Page) {
  await expect(page.locator("h1")).toHaveCount(1);
  expect(await page.locator("body").innerText()).not.toMatch(/\[[a-z_]+\.[a-z_.]+\]/);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "the page scrolls sideways").toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
}

/** A tiny picture. */
export const photo = {
  name: "现场.png",
  mimeType: "image/png",
  buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
};

/** Another one, of after: one picture proves one thing, and is asked back where it comes again. */
export const after = { ...photo, buffer: Buffer.concat([photo.buffer, Buffer.from("after")]) };

/** A portrait as a phone sends it, drawn by the browser. */
export async function portrait(page: Page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(900, 1600), at = canvas.getContext("2d")!;
    at.fillStyle = "#c9d2d6"; at.fillRect(0, 0, 900, 1600);
    at.fillStyle = "#b3261e"; at.fillRect(0, 0, 900, 120);
    at.fillStyle = "#1b6080"; at.fillRect(0, 1480, 900, 120);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer())];
  });
  return { name: "竖拍.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

/** Types into a field that is chosen among hundreds, and chooses one of the suggestions. */
export async function choose(page: Page, label: string, words: string, name = words) {
  const field = page.getByRole("combobox", { name: new RegExp(`^${label}`) });
  await field.fill(words);
  await page.getByRole("listbox").getByRole("option", { name }).first().click();
  if (await field.locator("xpath=ancestor::pw-choose[@data-many]").count()) { // several can be: they stand under it
    await expect(field.locator("xpath=ancestor::pw-choose").locator(".pw-picked")).toContainText(name);
    return expect(field).toHaveValue("");
  }
  await expect(field).toHaveValue(name);
}

/** Opens 更多 on a case's page, where there is more than fits beside the title. */
export async function unfold(page: Page) {
  await expect(page.locator(".pw-actions")).toBeVisible();
  const more = page.locator("summary", { hasText: "更多" });
  if (await more.count()) await more.click();
}

/** Opens the conditions of a list where the window folds them under 筛选. */
export async function sift(page: Page) {
  const fold = page.locator(".pw-sift > summary");
  if (await fold.isVisible()) await fold.click();
}

/** Opens a form of a case. */
export async function form(page: Page, url: string, verb: string) {
  await page.goto(`${url}/${verb}`);
  await expect(page.locator("main form").last()).toBeVisible();
}

/** Fills fields of the form by what they are called, whatever they look like. */
export async function fill(page: Page, values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`main form [name="${name}"]`);
    const kind = await field.first().evaluate((e) => (e as HTMLInputElement).type);
    if (kind === "radio" || kind === "checkbox") await page.locator(`main form [name="${name}"][value="${value}"]`).check();
    else if (kind.startsWith("select")) await field.first().selectOption(value);
    else await field.first().fill(value);
  }
}

/** Sends the form, which is accepted. */
export async function send(page: Page, name: string) {
  await page.locator("main").getByRole("button", { name, exact: true }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
}
