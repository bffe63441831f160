import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

test("the paper form is a sheet for each who answers, in the words asked for", async ({ page, enter }) => {
  const name = childsName();
  await enter(people.headTeacher);
  const { reference, address } = await register(page, name, bornYearsAgo(16));

  await page.goto(`${address}/samtycke`);
  await page.getByRole("link", { name: "Skriv ut blankett" }).click();
  const sheets = page.locator("article.paper");
  await expect(sheets).toHaveCount(3);
  for (const [place, who] of ["Rut Provsson", "Nils Provsson", name].entries()) {
    const sheet = sheets.nth(place);
    await expect(sheet).toContainText(name);
    await expect(sheet).toContainText(reference);
    await expect(sheet.getByText("Den som svarar").locator("xpath=..")).toContainText(who);
  }
  // I3: one guardian's sheet tells nothing of the other's.
  await expect(sheets.nth(0)).not.toContainText("Nils Provsson");
  await expect(sheets.nth(1)).not.toContainText("Rut Provsson");
  // Nobody has said yes to anything beforehand: the boxes are for the pen.
  await expect(sheets.first().locator("input")).toHaveCount(0);

  await page.getByRole("link", { name: "Enkel svenska" }).click();
  await expect(sheets.first()).toContainText("Får vi prata med varandra?");
  await page.getByRole("link", { name: "English" }).last().click();
  await expect(sheets.first()).toContainText("Consent to collaboration");
  await expect(sheets.first()).toHaveAttribute("lang", "en");
});

test("what was agreed is given back, to each their own", async ({ page, enter }) => {
  await enter(people.headTeacher);
  const { address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  await page.goto(address);
  await page.getByRole("link", { name: "Kvitto på samtycke" }).click();
  const sheets = page.locator("article.paper");
  await expect(sheets).toHaveCount(2);
  await expect(sheets.nth(0)).toContainText("Rut Provsson");
  await expect(sheets.nth(0)).not.toContainText("Nils Provsson");
  await expect(sheets.nth(1)).not.toContainText("Rut Provsson");
  await expect(sheets.nth(0)).toContainText("Du har samtyckt till att de här får tala med varandra");
  await expect(sheets.nth(0)).toContainText("Du kan när som helst ta tillbaka ditt samtycke");
  const receipt = page.url();
  await page.getByRole("link", { name: "Enkel svenska" }).click();
  await expect(sheets.first()).toContainText("Det här har du svarat");

  // The coordinator's unit is covered; the receipt is the family's, and hers to give while it holds. The psychologist has none.
  await enter(people.psychologist);
  expect((await page.request.get(receipt)).status()).toBe(404);
});
