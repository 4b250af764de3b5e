import { inflateSync } from "node:zlib";

/** What each page of a PDF that Chromium wrote says, in the order in which it was drawn. Glyphs are told apart by the table that comes with each font. */
export function pagesOf(pdf: Buffer): string[] {
  const text = pdf.toString("latin1"), objects = new Map<string, { head: string; body: string }>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n?/g)) {
    const from = match.index + match[0].length, head = text.slice(from, text.indexOf("endobj", from)).split(/stream\r?\n/)[0];
    const begins = from + head.length + text.slice(from + head.length).match(/^stream\r?\n/)?.[0].length!;
    const length = Number(head.match(/\/Length (\d+)(?! \d+ R)/)?.[1] ?? 0);
    let body = "";
    if (length) {
      const bytes = pdf.subarray(begins, begins + length);
      try {
        body = (head.includes("FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
      } catch { /* a picture or a font: it says nothing */ }
    }
    objects.set(match[1], { head, body });
  }
  const signs = (font: string) => {
    const table = new Map<string, string>(), cmap = objects.get(objects.get(font)?.head.match(/\/ToUnicode (\d+) 0 R/)?.[1] ?? "")?.body ?? "";
    const sign = (hex: string) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));
    for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) for (const [, glyph, is] of block.matchAll(/<(\w+)> <(\w+)>/g)) table.set(glyph.toLowerCase(), sign(is));
    for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, from, to, is] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
        for (let glyph = parseInt(from, 16), n = 0; glyph <= parseInt(to, 16); glyph++, n++) table.set(glyph.toString(16).padStart(from.length, "0"), String.fromCharCode(parseInt(is, 16) + n));
      }
    }
    return table;
  };
  const pages: string[] = [];
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/.test(head)) continue;
    const resources = /\/Resources (\d+) 0 R/.test(head) ? objects.get(head.match(/\/Resources (\d+) 0 R/)![1])!.head : head;
    const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, object]) => [name, signs(object)]));
    let font = new Map<string, string>(), said = "";
    for (const [, named, shown] of (objects.get(head.match(/\/Contents (\d+) 0 R/)?.[1] ?? "")?.body ?? "").matchAll(/\/(F\d+) [\d.]+ Tf|((?:<\w+>)+) Tj|\[(?:<\w+>|[\d.\s-]+)+\] TJ/g)) {
      if (named) font = fonts.get(named) ?? font;
      const width = [...font.keys()][0]?.length ?? 4;
      for (const [, hex] of (shown ?? "").matchAll(/<(\w+)>/g)) for (let at = 0; at < hex.length; at += width) said += font.get(hex.slice(at, at + width).toLowerCase()) ?? "";
    }
    pages.push(said);
  }
  return pages;
}

/** Whether the paper says the words, blanks aside: Chromium's fonts name some characters by their radical, 食 as U+2EDD, which then stands for any. */
export function says(paper: string, words: string) {
  const signs = [...words.replace(/\s/g, "")].map((sign) => `[${sign.replace(/[\\\]^-]/g, "\\$&")}\u2E80-\u2FDF]`);
  return new RegExp(signs.join("")).test(paper.replace(/\s/g, ""));
}
