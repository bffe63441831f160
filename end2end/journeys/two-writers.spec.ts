import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, letIn, people, planned, register, signInAgain } from "./stage.ts";

test("two write in the same minutes: who is later keeps the text, sees both and brings them together", async ({
  page,
  enter,
  context,
  javaScriptEnabled,
}) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  await enter(people.coordinator);
  const room = await planned(page, reference);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");
  await page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) }).click();
  const agreed = page.getByLabel("Överenskommet", { exact: true });
  await expect(agreed).toBeVisible();

  const other = await context.newPage();
  await other.goto(room);
  await other.getByLabel("Syfte med punkten").fill("Följa upp närvaron.");
  await other.getByRole("button", { name: "Spara" }).click();
  await expect(other.getByText("Sparat.")).toBeVisible();

  await agreed.fill("Skolan ringer hem varje fredag.");
  if (javaScriptEnabled) {
    await expect(page.getByText("Inte sparat: någon annan har ändrat texten.")).toBeVisible();
  }
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(agreed).toHaveValue("Skolan ringer hem varje fredag.");
  await expect(page.getByText("Det som är sparat nu")).toBeVisible();
  await expect(page.locator("dl.facts").filter({ hasText: "Syfte med punkten" })).toContainText("Följa upp närvaron.");

  await page.getByLabel("Syfte med punkten").fill("Följa upp närvaron.");
  await page.getByLabel("Vårdnadshavarnas syn").fill("Vill ha en fast kontakt.");
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.getByText("Sparat.")).toBeVisible();
  await other.goto(room);
  await expect(other.getByLabel("Överenskommet", { exact: true })).toHaveValue("Skolan ringer hem varje fredag.");
  await expect(other.getByLabel("Syfte med punkten")).toHaveValue("Följa upp närvaron.");
  await expect(other.getByLabel("Vårdnadshavarnas syn")).toHaveValue("Vill ha en fast kontakt.");
});

test("a session that ends while minutes are written takes none of them with it @script", async ({ page, enter, entered, context }) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  await enter(people.coordinator);
  const room = await planned(page, reference);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");
  await page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) }).click();
  const beside = await context.newPage();
  await beside.goto(room);
  const agreed = beside.getByLabel("Överenskommet", { exact: true });
  await beside.route("**/api/minutes/autosave", (route) => route.abort());
  await agreed.fill("Skolan ringer hem varje fredag.");
  await beside.getByLabel("Inhämtad").check();
  await expect(beside.getByText("Inte sparat: ingen kontakt.")).toBeVisible();

  await page.getByText("Maria Lindqvist").first().click();
  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page).toHaveURL(/logga-in/);
  await signInAgain(beside);
  entered.set(people.coordinator, await context.cookies());
  await expect(agreed).toHaveValue("Skolan ringer hem varje fredag.");
  await expect(beside.getByLabel("Inhämtad")).toBeChecked();
  await beside.unroute("**/api/minutes/autosave");
  await beside.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(beside.getByText("Sparat.")).toBeVisible();
  await page.goto(room);
  await expect(page.getByLabel("Överenskommet", { exact: true })).toHaveValue("Skolan ringer hem varje fredag.");
});
