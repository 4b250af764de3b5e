import { expect, type Page } from "@playwright/test";
import { Keys } from "./keys";
import { test } from "./program";
import { after, day, photo } from "./steps";

test.use({ zone: "keyboard" });

// The morning of each role without a mouse: sign in, past the menu, the first thing that waits, the deed, back, search, menu, out.

test.skip(({ isMobile }) => isMobile, "a phone has no keyboard; the narrow window of a magnified one is walked here");
test.use({ trace: "off" });

const zoomed = { width: 640, height: 450 }; // a window of 1280 × 900 at 200 %
const words = `键盘登记的隐患 ${Date.now()}`;

interface Morning { who: string; role: string; small?: boolean; open: string; item?: string; deed: (keys: Keys, page: Page) => Promise<void>; find: string }

/** Sends the form and sees that the keyboard goes on where the page says that it is done. */
async function done(keys: Keys, page: Page) {
  await keys.follow("main .btn-primary[type=submit]");
  if (new URL(page.url()).hash) { // a list with what was just written: the keyboard goes on there
    await expect(page.locator(".pw-flash")).toBeVisible();
    await keys.press("Tab");
    await expect(page.locator(":target :focus")).toHaveCount(1);
  } else await expect(page.locator(".pw-flash")).toBeFocused();
  expect((await keys.stop())!.fault).toBe("");
}

async function comment(keys: Keys, page: Page) {
  const folded = page.locator(".pw-actions details", { hasText: "写意见" });
  if (await folded.count() > 0) {
    await keys.to(".pw-actions summary", "更多");
    await keys.press("Enter");
  }
  await keys.follow("main .pw-actions a", "写意见");
  await keys.to("textarea");
  await keys.type("用键盘写的意见");
  await done(keys, page);
}

/** Chooses among hundreds: the first that fits is ready, the first arrow down stays on it, and Enter takes it. */
async function choose(keys: Keys, page: Page, name: string, typed: string, whole: string) {
  await keys.to(`[role=combobox][id="${name}"]`);
  await keys.type(typed);
  const first = page.getByRole("listbox").getByRole("option").first();
  await expect(first).toContainText(whole);
  await expect(first).toHaveAttribute("aria-selected", "true");
  await keys.press("ArrowDown");
  await expect(first).toHaveAttribute("aria-selected", "true");
  await keys.press("Enter");
  await expect(page.locator(":focus")).toHaveValue(whole);
}

async function bring(keys: Keys, page: Page, file = photo) {
  await keys.to("input[type=file]");
  const opened = page.waitForEvent("filechooser");
  let there = false;
  void opened.then(() => { there = true; });
  await expect(async () => { // a browser that is busy lets a press go by, as a person sees
    await keys.press("Space");
    await expect.poll(() => there, { timeout: 3_000 }).toBe(true);
  }).toPass();
  await (await opened).setFiles(file);
}

const mornings: Morning[] = [
  { who: "shaojinghe", role: "a leader", open: "main h3 a", find: "煊炑", deed: async (keys, page) => {
    await keys.follow("main .pw-actions a", "催办");
    await done(keys, page);
  } },
  { who: "luzhiyuan", role: "a manager", open: "main h3 a", find: "lkzz", deed: async (keys, page) => {
    await comment(keys, page);
    await keys.follow("nav a[href='/projects']", "", { back: true });
    await keys.follow("main .pw-actions a", "新建项目");
    await keys.to("[name=title]");
    await keys.type("键盘的早晨");
    const value = page.locator("input[name=enterprise_id]");
    await keys.to("[role=combobox]");
    await keys.type("没有这样的企业");
    await expect(page.getByRole("option", { name: /新增企业/ })).toBeVisible();
    await keys.press("Enter"); // one key adds no company
    await expect(value).toHaveValue("");
    await expect(page).toHaveURL(/projects\/open/);
    await keys.press("Escape", "ControlOrMeta+a", "Backspace", "Shift+Tab");
    await choose(keys, page, "enterprise_id", "lkzz", "莱卡织造");
    await expect(value).not.toHaveValue("");
    await keys.to("[name='facts.sector']");
    await keys.press("ArrowDown");
    await keys.to("[name='facts.site_mode']");
    await keys.press("ArrowDown");
    await keys.to("[name='facts.investment']");
    await keys.type("36000");
    await done(keys, page);
  } },
  { who: "mengqinglan", role: "a supervisor", open: "main h3 a", find: "fhqc", deed: async (keys, page) => {
    await keys.follow("nav a[href='/hazards']", "", { back: true });
    await keys.follow("main .pw-actions a", "登记隐患");
    await bring(keys, page);
    await choose(keys, page, "enterprise_id", "fhqc", "丰禾汽车部件");
    await keys.to("[name=location]");
    await keys.type("2# 车间");
    await keys.to("[name=description]");
    await keys.type(words);
    await done(keys, page);
    await keys.follow("main .pw-actions a", "下达整改通知");
    await keys.to("[name=requirement]");
    await keys.type("清理通道");
    const [, year, month, date] = (await page.locator(".pw-date").textContent())!.match(/(\d+)年(\d+)月(\d+)日/)!;
    await keys.to("[name=due_on]");
    await keys.press("ControlOrMeta+a");
    await keys.type(new Date(Date.UTC(+year, +month - 1, +date + 7)).toISOString().slice(0, 10));
    await choose(keys, page, "inspector_ids", "dws", "丁文笙");
    await done(keys, page);
  } },
  { who: "qiye", role: "an enterprise", open: "main h3 a", item: words, find: "YH", deed: async (keys, page) => {
    await keys.follow("main .pw-actions a", "提交整改结果");
    await bring(keys, page, after);
    await keys.to("[name=measures]");
    await keys.type("已清理");
    await done(keys, page);
  } },
  { who: "zhujianju", role: "a department", open: "main h3 a", find: "家居", deed: async (keys, page) => {
    await keys.follow("main .pw-actions a", "签收");
    await done(keys, page);
  } },
  { who: "shenji", role: "an auditor", small: true, open: "main h3 a", find: "YH", deed: async (keys, page) => {
    await keys.follow("main a", "核验未被改动");
    await expect(page.getByText(/都和写入时一样/)).toBeVisible();
  } },
  { who: "baobao01", role: "a liaison officer", open: "main h3 a", find: "家居", deed: async (keys, page) => {
    await keys.follow("main h3 a");
    await comment(keys, page);
  } },
  { who: "admin", role: "an administrator", small: true, open: "main a", find: "煊炑", deed: async (keys, page) => {
    await keys.press("/");
    await expect(page.locator("main [type=search]")).toBeFocused(); // narrow: the search has a page of its own
    await keys.follow("a.pw-all");
    await keys.follow("main a", "基础资料");
    await keys.follow("main .pw-actions a", "新增科室");
    await keys.to("[name=name]");
    await keys.type(`键盘科 ${Date.now()}`);
    await keys.to("[name=kind]");
    await keys.press("ArrowDown");
    await done(keys, page);
  } },
];

// The same on the pages that came later.
const later: Morning[] = [
  { who: "luzhiyuan", role: "a manager who convenes a meeting and records a month's money", open: "main h3 a", find: "键盘召集", deed: async (keys, page) => {
    await keys.follow("nav a[href='/meetings']", "", { back: true });
    await keys.follow("main .pw-actions a", "召集会议");
    await keys.to("[name=sort]");
    await keys.press("ArrowDown");
    await keys.to("[name=title]");
    await keys.type(`键盘召集的会议 ${words}`);
    await keys.to("[name=on]");
    await keys.type(await day(page, 10));
    await done(keys, page);
    await keys.follow("nav a[href='/projects']", "", { back: true });
    await keys.follow("main .pw-tabs a", "资金");
    await keys.follow("main .pw-table tbody a");
    await keys.follow("main .pw-tabs a[href$='/schedule']"); // its plan beside what came of it, and back
    await keys.follow("main .pw-tabs a:not([href$='/schedule'])", "项目", { back: true });
    await keys.follow("main a[href$='/record_money']");
    await keys.to("[name=month]");
    await keys.press("ControlOrMeta+a");
    await keys.type("2024-11"); // the month that runs: nobody has given it yet
    await keys.to("[name=sort]");
    await keys.press("Space");
    await keys.to("[name=origin]");
    await keys.press("Space");
    await keys.to("[name=amount]");
    await keys.type("120");
    await bring(keys, page);
    await done(keys, page);
  } },
  { who: "luzhiyuan", role: "a manager who writes a contact down", small: true, open: "main h3 a", find: "家居", deed: async (keys, page) => {
    await keys.follow("a.pw-all");
    await keys.follow("main a[href='/funnel']");
    await keys.follow("main a[href*='stage=']");
    await keys.follow("main h3 a");
    await comment(keys, page);
  } },
  { who: "zhujianju", role: "a department that gives its opinion", open: "main h3 a", find: "意见", deed: async (keys, page) => {
    await keys.follow("nav a[href='/opinions']", "", { back: true });
    await keys.follow("main h3 a");
    if (await page.locator("main .pw-actions a", { hasText: "签收" }).count()) { // taken in hand first, which makes the opinion what comes next; another morning may have done so
      await keys.follow("main .pw-actions a", "签收");
      await done(keys, page);
    }
    await keys.follow("main .pw-actions a", "出具意见");
    await keys.to("[name=verdict]");
    await keys.press("Space");
    const radios = page.locator("main form.pw-form fieldset:has([type=radio][required])");
    for (let n = 1; n < (await radios.count()); n++) {
      await keys.to(`fieldset#${((await radios.nth(n).getAttribute("id"))!).replace(".", "\\.")} [type=radio]`);
      await keys.press("Space");
    }
    await keys.to("[name=paper]");
    await keys.type("泗住建函〔2024〕11 号");
    await bring(keys, page);
    await done(keys, page);
  } },
  { who: "shaojinghe", role: "a leader who decides on a request for more time", open: "main h3 a", find: "延期", deed: async (keys, page) => {
    await page.goto("/extensions");
    await keys.follow("main h3 a");
    await keys.follow("main .pw-actions a", "同意延期");
    await keys.to("main form.pw-form textarea");
    await keys.type("同意，务必按期完成");
    await done(keys, page);
  } },
];

for (const m of [...mornings, ...later])
  test(`${m.role} goes through a morning by keyboard alone`, async ({ page }) => {
    if (m.small) await page.setViewportSize(zoomed);
    const keys = new Keys(page);
    await page.goto("/sign-in");
    await keys.to("[name=username]");
    await keys.type(m.who);
    await keys.to("[name=password]");
    await keys.type("parkway-demo");
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "我的工作" })).toBeVisible();

    await keys.to("a", "跳到"); // past the menu
    await keys.press("Enter");
    await expect(page.locator("#content")).toBeFocused();
    await keys.follow(m.open, m.item);
    await expect(page.getByRole("heading", { level: 1, name: "我的工作" })).toBeHidden();
    await m.deed(keys, page);

    await keys.press("/");
    await expect(page.locator(m.small ? "main [type=search]" : ".pw-search input")).toBeFocused();
    await keys.type(m.find);
    await keys.press("Enter");
    await expect(page).toHaveURL(/search\?q=/);
    await keys.follow("main h3 a");
    await expect(page).not.toHaveURL(/search/);
    if (m.small) await keys.follow("a.pw-all");
    await keys.follow(m.small ? "main a" : "nav a", "未来两周");
    await expect(page).toHaveURL(/forecast/);
    if (m.small) await keys.follow("a.pw-all");
    else await keys.follow("a.pw-me");
    await keys.follow("button", "退出登录");
    await expect(page).toHaveURL(/sign-in/);
  });
