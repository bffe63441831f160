import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, inDays, people, register } from "./stage.ts";

test("one guardian decides alone while the other cannot answer, and a mistake is set right", async ({ page, enter }) => {
  await enter(people.headTeacher);
  const { address } = await register(page, childsName(), bornYearsAgo(13));
  await page.goto(`${address}/samtycke`);
  await page.getByLabel("Svar, Nils Provsson").selectOption({ label: "Inget svar än" });
  await page.getByText("En vårdnadshavare kan inte svara").click();
  await page.getByLabel("Vem kan inte svara?").selectOption({ label: "Nils Provsson" });
  await page.getByRole("button", { name: "Registrera samtycket" }).click();

  // Nothing is recorded until all of it is told, and what was chosen stays.
  await expect(page.getByLabel("Vem kan inte svara?")).toHaveValue(/^[0-9a-f-]{36}$/);
  await expect(page.getByText("Fyll i det här.").first()).toBeVisible();
  await page.getByLabel("Varför?", { exact: false }).selectOption({ label: "Sjukdom" });
  await page.getByLabel("Hur vet vi det?").fill("Sjukintyg visat i går.");
  await page.getByLabel("Den andra bestämmer ensam till och med").fill(inDays(20));
  await page.getByLabel("Godkänt av, namn och titel").fill("Lena Fors, rektor");
  await page.getByLabel(/Det som står på blanketten har förklarats/).check();
  await page.getByLabel("Har fått säga sitt").check();
  await page.getByRole("button", { name: "Registrera samtycket" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}(\\?|$)`));
  await expect(page.getByText("en vårdnadshavare ensam").first()).toBeVisible();
  await expect(page.getByText(/En vårdnadshavare bestämmer ensam till och med/).first()).toBeVisible();

  // It should have been in another case: from now on it counts for nothing here, and stays to be seen.
  await page.getByText("Felregistrerat?").click();
  await page.getByLabel("Fel ärende").check();
  await page.getByRole("button", { name: "Markera som felregistrerat" }).click();
  await expect(page.getByText("Samtycket är markerat som felregistrerat.")).toBeVisible();
  await expect(page.getByText("Samtycke saknas").first()).toBeVisible();
  await expect(page.getByText(/^Felregistrerat, .*: fel ärende\.$/)).toBeVisible();
});

test("a unit for adults comes for a parent's own, and says that it holds the consent before it tells anything", async ({
  page,
  enter,
}) => {
  const name = childsName();
  await enter(people.headTeacher);
  const { address } = await register(page, name, bornYearsAgo(14));
  await page.goto(`${address}/samtycke`);
  await page.getByLabel("Vuxenpsykiatrin Åmål, Rut Provsson").check();
  await page.getByLabel("Vuxenpsykiatrin Åmål, Nils Provsson").check();
  await page.getByLabel(/Det som står på blanketten har förklarats/).check();
  await page.getByLabel("Har fått säga sitt").check();
  await page.getByRole("button", { name: "Registrera samtycket" }).click();

  // Whose information it is must be told first; what was ticked stays.
  const whose = page.getByLabel("Vuxenpsykiatrin Åmål: Vems uppgifter?");
  await expect(whose).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Vuxenpsykiatrin Åmål, Rut Provsson")).toBeChecked();
  await whose.selectOption({ label: "Om Rut Provsson" });
  await page.getByRole("button", { name: "Registrera samtycket" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}(\\?|$)`));
  await expect(page.getByText("Vuxenpsykiatrin Åmål: om Rut Provsson.")).toBeVisible();

  await enter(people.nurse);
  await page.goto(address);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("Ni har inte bekräftat samtycket")).toBeVisible();
  await page.getByRole("button", { name: "Vi har tagit del av samtycket" }).click();
  await expect(page.getByText("Din enhet har bekräftat samtycket.", { exact: false })).toBeVisible();
  await expect(page.getByText("Ni har inte bekräftat samtycket")).toHaveCount(0);
});

test("a parent without custody answers for what is their own, on a sheet of their own", async ({ page, enter }) => {
  const name = childsName();
  await enter(people.headTeacher);
  const { address } = await register(page, name, bornYearsAgo(14));
  await page.getByText("Ändra", { exact: true }).click();
  await page.getByLabel("Förälder utan vårdnad").fill("Kim Provsson");
  await page.getByRole("button", { name: "Lägg till förälder" }).click();
  await expect(page.getByText("Kim Provsson").first()).toBeVisible();

  await page.goto(`${address}/samtycke`);
  for (const who of ["Rut", "Nils", "Kim"]) {
    await page.getByLabel(`Vuxenpsykiatrin Åmål, ${who} Provsson`).check();
  }
  await page.getByLabel("Svar, Kim Provsson").selectOption({ label: "Samtycker" });
  await page.getByLabel("Vuxenpsykiatrin Åmål: Vems uppgifter?").selectOption({ label: "Om Kim Provsson" });
  await page.getByLabel(/Det som står på blanketten har förklarats/).check();
  await page.getByLabel("Har fått säga sitt").check();
  await page.getByRole("button", { name: "Registrera samtycket" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}(\\?|$)`));
  await enter(people.nurse);
  // The others at the table would hear what only adult psychiatry may.
  expect((await page.goto(address))?.status()).toBe(404);

  await enter(people.headTeacher);
  await page.goto(`${address}/samtycke`);
  await page.getByLabel("Vuxenpsykiatrin Åmål: Vems uppgifter?").selectOption({ label: "Om Kim Provsson" });
  await page.getByLabel("Svar, Kim Provsson").selectOption({ label: "Samtycker" });
  for (const box of await page.getByRole("checkbox", { name: /, Rut Provsson$/ }).all()) {
    const ours = page.getByLabel((await box.getAttribute("aria-label"))?.replace("Rut", "Kim") ?? "", { exact: true });
    if (await box.isChecked()) await ours.check();
  }
  await page.getByLabel(/Det som står på blanketten har förklarats/).check();
  await page.getByLabel("Har fått säga sitt").check();
  await page.getByRole("button", { name: "Registrera samtycket" }).click();
  await expect(page.getByText("Vuxenpsykiatrin Åmål: om Kim Provsson.").first()).toBeVisible();
  await page.goto(`${address}/samtycke/blankett`);
  const own = page.getByRole("article").filter({ hasText: "förälder utan vårdnad" });
  await expect(own.getByRole("heading", { name: "Vem får berätta det de vet om mig?" })).toBeVisible();
  await expect(own.getByText("skolsituation och närvaro")).toHaveCount(0);
  await enter(people.nurse);
  await page.goto(address);
  await expect(page.getByRole("heading", { name })).toBeVisible();
});
