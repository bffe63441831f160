import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

/** The next year but this whose Christmas Eve is a working day. */
function eveOnAWorkingDay(): { year: number; weekday: number } {
  for (let year = new Date().getFullYear() + 1; ; year += 1) {
    const weekday = new Date(year, 11, 24).getDay();
    if (weekday > 0 && weekday < 5) return { year, weekday };
  }
}

test("a term is laid out with a meeting held on an eve by choice", async ({ page, enter }) => {
  const { year, weekday } = eveOnAWorkingDay();
  await enter(people.administrator);
  await page.goto("/kommunen");
  await page.getByRole("link", { name: "Platser och träffar" }).last().click();
  await page.getByRole("link", { name: "Ny serie" }).click();
  await page.getByLabel("Veckodag").selectOption(String(weekday));
  await page.getByLabel("Börjar").fill("13.15");
  await page.getByLabel("Från och med").fill(`${year}-12-10`);
  await page.getByLabel("Till och med").fill(`${year}-12-31`);
  await page.getByRole("button", { name: "Visa träffarna" }).click();

  const eve = page.getByRole("row").filter({ hasText: "julafton" });
  await expect(eve).toContainText("Ingen träff");
  await eve.getByRole("combobox").selectOption({ label: "Träff ändå" });
  await page.getByRole("button", { name: "Visa igen" }).click();
  await expect(eve.getByText("✓ Träff")).toBeVisible();
  await expect(eve.getByRole("combobox")).toHaveValue("hold");
  await page.getByRole("button", { name: "Spara serien" }).click();
  await expect(page.getByText("Serien är sparad och träffarna utlagda.")).toBeVisible();
  await page.goto("/traffar");
  await expect(page.getByRole("main")).toContainText(`24 december ${year}`);
});

test("a meeting of two hours with eight cases and six partners is planned in a few presses", async ({ page, enter }) => {
  await enter(people.coordinator);
  const began = Date.now();
  let presses = 0;
  const press = async (name: string | RegExp, role: "button" | "link" = "button") => {
    await page.getByRole(role, { name }).first().click();
    presses += 1;
  };
  await page.goto("/traffar");
  const meeting = await emptyDraft(page, 8);
  presses += 2;
  for (let count = 1; count <= 8; count += 1) {
    await press(/^Lägg till [A-Z0-9]{4}$/);
    await expect(rows(page)).toHaveCount(count);
  }
  expect(await page.locator("table.agenda thead th.seat").count()).toBeGreaterThanOrEqual(6);

  // The order partners wait least in, back again with one press, and once more.
  const given = await order(page);
  await press("Ordna så att partner slipper vänta");
  await expect(page.getByText(/Partner väntade sammanlagt \d+ min, nu \d+ min\. Bättre går det inte att ordna\./)).toBeVisible();
  const ordered = await order(page);
  if (ordered.join() !== given.join()) {
    await press("Ångra ordningen");
    await expect.poll(() => order(page)).toEqual(given);
    await press("Ordna så att partner slipper vänta");
    await expect.poll(() => order(page)).toEqual(ordered);
  }

  // Eight cases of twenty minutes are more than two hours.
  await press("Korta punkterna så att de ryms");
  await expect(page.locator(".foot")).toContainText(/^2 h\b/);

  await press("Skicka kallelse", "link");
  await expect(page.getByRole("row").filter({ hasText: /\d\d\.\d\d–\d\d\.\d\d/ }).first()).toBeVisible();
  await press(/^Skicka kallelse till \d+ person/);
  await expect(page.getByText("kallelse skickad")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(meeting);
  const seconds = Math.round((Date.now() - began) / 1000);
  test.info().annotations.push({ type: "planned", description: `${presses} presses, ${seconds} s of the program's and the browser's time` });
});

test("two who plan at once see each other's changes, and undo their own", async ({ page, context, enter, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "a page without script is as it was fetched");
  await enter(people.coordinator);
  await page.goto("/traffar");
  const meeting = await emptyDraft(page, 0);
  for (let count = 1; count <= 3; count += 1) {
    await page.locator("input[name=title]").fill(`Gemensam fråga ${count}`);
    await page.locator("input[name=title]").press("Enter");
    await expect(rows(page)).toHaveCount(count);
  }
  const other = await context.newPage();
  await other.goto(meeting);
  await expect(rows(other)).toHaveCount(3);
  const given = await order(page);

  // Somebody in the other window moves an item: it moves here too, and this window is told. How soon is measured, not tested.
  await grip(other, 0).press("End");
  const turned = [given[1], given[2], given[0]];
  await expect.poll(() => order(other)).toEqual(turned);
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(turned);
  await expect(page.getByText("Någon annan har ändrat dagordningen. Den visas som den är nu.")).toBeVisible();

  // Keys pressed faster than the server answers are all saved.
  await grip(other, 2).focus();
  const saved: Promise<unknown>[] = [];
  for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"]) {
    saved.push(other.waitForResponse((answer) => answer.url().includes("/api/agenda/")));
    await other.keyboard.press(key);
  }
  await Promise.all(saved);
  await expect.poll(() => order(other)).toEqual(turned);
  await expect(other.getByText(/Någon annan hann före/)).toBeHidden();
  await grip(other, 2).press("Home");
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(given);
  await grip(other, 0).press("End");
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(turned);

  // What this window fetches may be newer than what it was told of; what it is told of then is seen all the same.
  const saves = () => other.waitForResponse((answer) => answer.url().includes("/api/agenda/") && answer.ok());
  const watched = await holdBack(page, meeting);
  for (const [place, key] of [[2, "Home"], [0, "End"]] as const) {
    const save = saves();
    await grip(other, place).press(key);
    await save;
    await watched.asked;
  }
  await watched.release();
  await grip(other, 2).press("Home");
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(given);
  await grip(other, 0).press("End");
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(turned);

  // Whoever takes the next row while their own move is fetched again holds that one after.
  const board = other.locator("[data-live=board]");
  const shown = await holdBack(other, meeting);
  await grip(other, 2).press("Home");
  await shown.asked;
  await grip(other, 1).focus();
  await board.evaluate((part) => part.setAttribute("data-old", ""));
  await shown.release();
  await expect(board).not.toHaveAttribute("data-old");
  await expect(grip(other, 1)).toBeFocused();
  await grip(other, 0).press("End");
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(turned);

  // Who moved it takes it back with one press, and that is seen here too.
  await other.getByRole("button", { name: "Ångra ordningen" }).click();
  await expect.poll(() => order(page), { intervals: [100] }).toEqual(given);

  // What is being written here stays, whatever is changed there.
  const title = page.locator("input[name=title]");
  await title.fill("Riskhelg");
  await grip(other, 0).press("ArrowDown");
  await expect(page.getByText(/Det du håller på med är kvar/)).toBeVisible();
  await expect(title).toHaveValue("Riskhelg");
});

type Page = import("@playwright/test").Page;

/** Keeps what an open page fetches of itself until it is released. */
async function holdBack(page: Page, meeting: string) {
  let release = () => {};
  const held = new Promise<void>((go) => {
    release = go;
  });
  await page.route(new RegExp(`${meeting}(\\?|$)`), async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest((request) => "x-watches" in request.headers());
  return {
    asked,
    release: async () => {
      release();
      await (await (await asked).response())?.finished();
    },
  };
}

/** Opens the first meeting ahead with an empty agenda and as many cases that wait for it. */
async function emptyDraft(page: Page, cases: number): Promise<string> {
  const drafts = page.locator("ul.occasions > li").filter({ hasText: "0–12 år" }).filter({ hasText: "utkast" });
  const links = await drafts.locator("a:not(.btn)").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  for (const link of links) {
    await page.goto(link ?? "");
    const ready = await page.getByRole("button", { name: /^Lägg till [A-Z0-9]{4}$/ }).count();
    if ((await rows(page).count()) === 0 && ready >= cases) return link ?? "";
  }
  throw new Error("no draft with an empty agenda");
}

const rows = (page: Page) => page.locator("table.agenda tbody tr[data-item]");

const order = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-item")));

const grip = (page: Page, place: number) => rows(page).nth(place).locator(".grip button");

test("a school asks for a meeting, the coordinator sends it back with a reason, and the school reads why", async ({ page, enter }) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(15));
  await consent(page, address);
  await page.getByText("Föreslå för en träff").click();
  await page.getByLabel("Frågeställning").fill("Hur planerar vi våren tillsammans?");
  await page.getByLabel("BUP Åmål").check();
  await page.getByLabel(/Klockslag familjen kan komma/).fill("halv tio");
  await page.getByRole("button", { name: "Föreslå", exact: true }).click();
  await expect(page.getByText("Skriv tiden som 09.10.").first()).toBeVisible();
  await expect(page.getByLabel("Frågeställning")).toHaveValue("Hur planerar vi våren tillsammans?");
  await expect(page.getByLabel("BUP Åmål")).toBeChecked();
  await page.getByLabel(/Klockslag familjen kan komma/).fill("9.30");
  await page.getByRole("button", { name: "Föreslå", exact: true }).click();
  await expect(page.getByText("Väntar på en träff")).toBeVisible();
  await expect(page.getByText("Familjen är med och kan komma 09.30.")).toBeVisible();

  await enter(people.coordinator);
  await page.goto(address);
  await page.getByText("Lämna tillbaka").first().click();
  await page.getByRole("button", { name: "Lämna tillbaka" }).click();
  await expect(page.getByText("Fyll i det här.").first()).toBeVisible();
  await page.getByLabel("Varför").fill("Ta det med elevhälsan först.");
  await page.getByRole("button", { name: "Lämna tillbaka" }).click();
  await expect(page.getByText("Förslaget är tillbaka hos den som föreslog.")).toBeVisible();

  await enter(people.headTeacher);
  await page.goto("/");
  await expect(page.getByText(`Ditt förslag om ${reference} kom tillbaka`)).toBeVisible();
  await page.goto(address);
  await expect(page.getByText("Ta det med elevhälsan först.")).toBeVisible();
  await page.getByRole("button", { name: "Jag har läst" }).click();
  await expect(page.getByText("Ingen har frågat om att ta upp ärendet.")).toBeVisible();
});
