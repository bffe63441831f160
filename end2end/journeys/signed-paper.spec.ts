import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

test("a signed form is attached, checked, kept for those who may read it, and taken away", async ({ page, enter, browserName }) => {
  test.skip(browserName !== "chromium", "a page is printed as a PDF by Chromium alone");
  await enter(people.headTeacher);
  const { address } = await register(page, childsName(), bornYearsAgo(14));
  await page.goto(`${address}/samtycke/blankett`);
  const printed = await page.pdf();
  await consent(page, address);

  const field = page.getByLabel("Undertecknad blankett");
  const button = page.getByRole("button", { name: "Bifoga blanketten" });
  await page.getByText("Bifoga blanketten").first().click();
  await button.click();
  await expect(page.getByText("Välj en fil att bifoga.").first()).toBeVisible();

  // What is not what it says is refused in plain words, and nothing is kept.
  for (const [name, content, told] of [
    ["blankett.pdf", "<html><script>alert(1)</script>", "Filen är varken PDF, JPEG eller PNG."],
    ["blankett.png", printed, "Filens innehåll är av ett annat slag än namnet säger."],
    ["blankett.pdf", printed.subarray(0, printed.length / 2), "Filen går inte att läsa till slutet."],
    ["blankett.pdf", Buffer.alloc(11 * 1024 * 1024, printed), "Filen är större än 10 MB."],
  ] as const) {
    if (!(await field.isVisible())) await page.getByText("Bifoga blanketten").first().click();
    await field.setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });
    await button.click();
    await expect(page.getByText(told).first()).toBeVisible();
  }
  await expect(page.getByRole("link", { name: /^Blankett, / })).toHaveCount(0);

  if (!(await field.isVisible())) await page.getByText("Bifoga blanketten").first().click();
  await field.setInputFiles({ name: "Samtycke Åsa.PDF", mimeType: "application/pdf", buffer: printed });
  await button.click();
  await expect(page.getByText("Blanketten är bifogad.")).toBeVisible();
  const link = page.getByRole("link", { name: /^Blankett, PDF, / });
  await expect(link).toBeVisible();

  // It comes back as a file whose name tells nothing, and in a sandbox.
  const paper = new URL((await link.getAttribute("href")) ?? "", page.url()).href;
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("blankett.pdf");
  expect(await readFile(await download.path())).toEqual(printed);
  const answer = await page.request.get(paper);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/pdf",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(answer.headers()["content-security-policy"]).toContain("sandbox");

  // The coordinator is covered by the consent and knows of the case; what stands on the paper is not for her.
  await enter(people.coordinator);
  expect((await page.request.get(paper)).status()).toBe(404);
  await enter(people.psychologist);
  expect((await page.request.get(paper)).status()).toBe(404);

  await enter(people.headTeacher);
  await page.goto(address);
  await page.getByRole("button", { name: /^Ta bort Blankett, PDF/ }).click();
  await expect(page.getByText("Blanketten är borttagen.")).toBeVisible();
  expect((await page.request.get(paper)).status()).toBe(404);
});
