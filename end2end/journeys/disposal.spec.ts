import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

test("an old case goes by the plan: one proposes, another approves, and it can be held and stopped", async ({ page, enter }) => {
  await enter(people.coordinator);
  await page.goto("/kommunen");
  await page.getByRole("link", { name: "Gallring" }).click();
  await expect(page.getByRole("heading", { name: "Gallring", level: 1 })).toBeVisible();
  await expect(page.getByText("5 år efter sista anteckningen").first()).toBeVisible();

  // What is kept says why, and what is gone has left its proof and nothing else.
  await expect(page.getByRole("row").filter({ hasText: "Sparas för forskning" })).toHaveCount(1);
  await expect(page.getByRole("row").filter({ hasText: "Hela ärendet" }).filter({ hasText: "Fristen går ut" })).toHaveCount(1);
  const gone = page.getByRole("row").filter({ hasText: "kan läsas tills nyckeln förstörs" });
  await expect(gone).toContainText("Föreslagen av Maria Lindqvist");
  await expect(gone).toContainText("Godkänd av Karin Holm");
  await expect(page.getByRole("main")).not.toContainText("Otto Rask");

  // Nothing ticked, nothing done.
  const due = page.getByRole("region", { name: "Får gallras" });
  await due.getByRole("button", { name: "Föreslå gallring" }).click();
  await expect(page.locator(".flaw").first()).toBeVisible();
  const box = due.getByRole("checkbox", { name: "hela ärendet" }).first();
  const reference = ((await box.locator("xpath=..").innerText()).match(/[A-Z0-9]{4}/) ?? [""])[0];
  await box.check();
  await due.getByRole("button", { name: "Föreslå gallring" }).click();
  await expect(page.getByText("Gallringen är föreslagen.", { exact: false })).toBeVisible();
  const way = page.getByRole("region", { name: "På väg ut" }).getByRole("listitem").filter({ hasText: reference });
  await expect(way).toContainText("Du har föreslagit den");
  await expect(way.getByRole("button", { name: /^Godkänn/ })).toHaveCount(0);
  await expect(due.getByText(reference)).toHaveCount(0);

  await enter(people.administrator);
  await page.goto("/kommunen/gallring");
  await way.getByRole("button", { name: `Godkänn gallring av ${reference} · hela ärendet` }).click();
  await expect(way).toContainText("Förstörs tidigast");

  // Stopped within its day, it may go again; held, it may not.
  await way.getByRole("button", { name: `Stoppa gallring av ${reference} · hela ärendet` }).click();
  await expect(page.getByText("Gallringen är stoppad.")).toBeVisible();
  await expect(due.getByText(reference)).toBeVisible();

  // Somebody of another authority sees nothing of this.
  await enter(people.headTeacher);
  await page.goto("/kommunen");
  await expect(page.getByRole("link", { name: "Gallring" })).toHaveCount(0);
  await page.goto("/kommunen/gallring");
  await expect(page.getByRole("main")).not.toContainText(reference);
});

test("a case that is kept is held, and that is lifted again", async ({ page, enter }) => {
  await enter(people.administrator);
  await page.goto("/kommunen/gallring");
  const row = page.getByRole("row").filter({ hasText: "Hela ärendet" }).filter({ hasText: "Fristen går ut" });
  const reference = ((await row.getByRole("rowheader").innerText()).match(/[A-Z0-9]{4}/) ?? [""])[0];
  await row.getByText("Håll kvar").first().click();
  await row.getByRole("button", { name: "Håll kvar" }).click();
  await expect(page.locator(".flaw").first()).toBeVisible();
  await row.getByLabel("Skäl").selectOption({ label: "någon har begärt ut handlingen" });
  await row.getByRole("button", { name: "Håll kvar" }).click();
  await expect(page.getByText("Ärendet hålls kvar tills någon häver det.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: reference })).toContainText("någon har begärt ut handlingen");
  await page.getByRole("button", { name: `Häv, ärende ${reference}` }).click();
  await expect(page.getByText("Ärendet hålls inte längre kvar.")).toBeVisible();
  await expect(page.getByRole("button", { name: `Häv, ärende ${reference}` })).toHaveCount(0);
});

test("what a case needs no more has a rule of its own, told with what is wrong", async ({ page, enter }) => {
  await enter(people.administrator);
  await page.goto("/kommunen/gallring");
  const plan = page.getByRole("region", { name: "Gallringsfrister" });
  await expect(plan).toContainText("1 månad efter godkännandet");
  await expect(plan).toContainText("Då är det kvar lika länge som ärendet");
  const form = plan.locator("details").filter({ hasText: "Anteckna frist: frågor i kön" });
  await form.getByText("Anteckna frist: frågor i kön").click();
  await form.getByRole("radio", { name: "Ett antal månader" }).check();
  await form.getByRole("textbox", { name: "Antal månader" }).fill("tolv");
  await form.getByLabel("Beslut", { exact: true }).fill("SN 2026/115 § 3");
  await form.getByRole("button", { name: "Anteckna fristen" }).click();
  await expect(form.locator(".flaw").first()).toBeVisible();
  await expect(form.getByLabel("Beslut", { exact: true })).toHaveValue("SN 2026/115 § 3");
  await expect(plan.locator("details[open]")).toHaveCount(1);
  await form.getByRole("textbox", { name: "Antal månader" }).fill("12");
  await form.getByLabel("Beslutsdag").fill("2026-03-10");
  await form.getByRole("button", { name: "Anteckna fristen" }).click();
  await expect(plan).toContainText("12 månader efter frågan");
  await expect(plan).toContainText("SN 2026/115 § 3");
});
