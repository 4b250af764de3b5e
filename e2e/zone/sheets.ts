import { readFileSync } from "node:fs";
import writeXlsxFile from "write-excel-file/node";

/** What the office of the journeys keeps in its sheets: the first row names the columns. internal/zonetest reads the same rows. */
export const zone = JSON.parse(readFileSync("zone/zone.json", "utf8")) as Record<"units" | "people" | "heads" | "enterprises", string[][]>;

/** Makes an Excel workbook of rows, as a form takes it. */
export async function workbook(name: string, rows: string[][]) {
  return { name: `${name}.xlsx`, mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer: await writeXlsxFile(rows).toBuffer() };
}
