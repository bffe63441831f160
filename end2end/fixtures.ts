import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type Page, test as base } from "@playwright/test";
import { Server } from "./server.ts";
import { made } from "./setup.ts";

export { expect } from "@playwright/test";

type PerTest = {
  /** Signs somebody of the demo in, by name, and signs out whoever was. */
  enter: (name: string) => Promise<void>;
  /** Fails the journey when any page complains: a script error, a refused style, a file that is missing. */
  complaints: string[];
  /** Holds the page, as it stands, to WCAG 2.2 AA: to all of it, to its contrast alone, or to all but contrast. */
  accessible: (page: Page, what?: "all" | "contrast" | "but contrast") => Promise<void>;
};

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

type PerWorker = {
  /** The cookies of those who have signed in: a one-time code works once, so each signs in once for each server. */
  entered: Map<string, Cookies>;
  /** One server for each worker; a worker that saw a failure is replaced, and its server with it. */
  server: Server;
};

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const test = base.extend<PerTest, PerWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.start(process.env[made]);
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  entered: [async ({}, use) => use(new Map()), { scope: "worker" }],

  enter: async ({ context, entered, baseURL }, use) => {
    await use(async (name) => {
      // A page that stays open asks again by itself, as whoever is signed in by then: it is left before somebody else is.
      for (const page of context.pages()) await page.goto("about:blank");
      await context.clearCookies();
      let cookies = entered.get(name);
      if (!cookies) {
        const page = await context.newPage();
        await page.goto(`${baseURL}/logga-in`);
        await page.getByRole("button", { name: `Logga in som ${name}` }).click();
        await page.getByRole("button", { name: "Använd koden" }).click();
        await page.waitForURL((url) => !url.pathname.startsWith("/logga-in"));
        const choose = page.getByRole("button", { name: /^Arbeta som / });
        if (new URL(page.url()).pathname === "/uppdrag") await choose.first().click();
        await page.getByRole("navigation").first().waitFor({ state: "attached" });
        cookies = await context.cookies();
        entered.set(name, cookies);
        await page.close();
        await context.clearCookies();
      }
      await context.addCookies(cookies);
    });
  },

  baseURL: async ({ server }, use) => use(server.origin),

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (said) => {
        // A journey may well ask for what it must not see; the page's answer is what it looks at.
        // That another came first (409) is told on the page.
        const failed = said.text().startsWith("Failed to load resource");
        const isAnswer = failed && (said.location().url === page.url() || said.text().includes("status of 409"));
        if (said.type() === "error" && !isAnswer) complaints.push(`${said.text()} (${said.location().url})`);
      });
      await use(complaints);
      if (complaints.length > 0) throw new Error(`pages complained:\n${complaints.join("\n")}`);
    },
    { auto: true },
  ],

  accessible: async ({}, use) => {
    await use(async (page, what = "all") => {
      // No page of ours holds a frame: nothing has to be gathered from any, which takes axe a page of its own each time.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
      if (what === "contrast") axe.withRules("color-contrast");
      else axe.withTags(rules);
      if (what === "but contrast") axe.disableRules("color-contrast");
      const { violations } = await axe.analyze();
      const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((n) => n.html).join("\n  ")}`);
      if (found.length > 0) throw new Error(`axe found ${found.length} violations on ${page.url()}:\n${found.join("\n")}`);
    });
  },
});
