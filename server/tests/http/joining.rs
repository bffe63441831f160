//! From the first administrator's link to signing out, by plain forms alone.

use axum::http::{Request, StatusCode, header};
use backend::usecase::invite::invite_administrator;
use data_encoding::BASE32_NOPAD;
use totp_rs::Builder;

use crate::world::{Answer, World};

const PASSWORD: &str = "tolv små bävrar";

/// A browser without script.
struct Browser<'a> {
    world: &'a World,
    cookies: Vec<(String, String)>,
    page: String,
    shown: Answer,
}

impl<'a> Browser<'a> {
    async fn at(world: &'a World, page: &str) -> Self {
        let shown = world.get(page).await;
        let mut browser = Self { world, cookies: Vec::new(), page: page.into(), shown };
        browser.keep();
        browser
    }

    fn keep(&mut self) {
        for line in self.shown.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(held, _)| held != name);
            if !line.contains("Max-Age=0") {
                self.cookies.push((name.into(), value.into()));
            }
        }
    }

    fn jar(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    async fn go(&mut self, page: &str) -> StatusCode {
        self.shown = self.world.send(Request::get(page).header(header::COOKIE, self.jar())).await;
        self.page = page.into();
        self.keep();
        self.shown.status
    }

    /// Sends a form of the page and goes where it leads.
    async fn send(&mut self, to: &str, fields: &[(&str, &str)]) -> String {
        let (token, once) = (self.shown.field("_token"), self.shown.field("_once"));
        let page = self.page.clone();
        let mut all = vec![("_token", token.as_str()), ("_once", once.as_str()), ("_page", page.as_str())];
        all.extend_from_slice(fields);
        self.shown = self.world.submit(to, &self.jar(), &all).await;
        assert_eq!(self.shown.status, StatusCode::SEE_OTHER, "{to}: {}", self.shown.body);
        self.keep();
        let location = self.shown.location().to_owned();
        self.go(&location).await;
        location
    }

    fn shows(&self, text: &str) -> bool {
        self.shown.body.contains(text)
    }

    fn after(&self, start: &str) -> &str {
        let (_, rest) = self.shown.body.split_once(start).unwrap_or_else(|| panic!("no {start}"));
        rest.split(['<', '"']).next().unwrap()
    }
}

/// AUTH-11, AUTH-13: the link, a password, an app, and in.
#[tokio::test]
async fn the_first_administrator_comes_in_by_plain_forms() {
    let world = World::new().await;
    let link = invite_administrator(&world.backend, "sara@provkommun.example", "Sara Lind").await.unwrap();
    let address = format!("/valkommen/{}", link.token);
    let mut browser = Browser::at(&world, &address).await;
    assert!(browser.shows("Välkommen, Sara Lind"), "{}", browser.shown.body);
    browser.send("/api/account/welcome", &[("token", &link.token)]).await;
    assert!(browser.shows("Välj lösenord"));
    let short = [("token", link.token.as_str()), ("password", "kort ord"), ("password_again", "kort ord")];
    let back = browser.send("/api/account/welcome/password", &short).await;
    assert!(back.starts_with(&address) && back.contains("utkast="), "{back}");
    assert!(browser.shows("minst 12 tecken"), "the flaw stands at its field");
    assert!(!browser.shows("kort ord"), "a password is never shown again");
    let good = [("token", link.token.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)];
    browser.page.clone_from(&address);
    browser.send("/api/account/welcome/password", &good).await;
    assert!(browser.shows("<svg") && browser.shows("Steg 3 av 3"));
    let seed = BASE32_NOPAD.decode(browser.after("<code>").replace(' ', "").as_bytes()).unwrap();
    let now = u64::try_from(world.backend.now().timestamp()).unwrap();
    let code = Builder::new().with_secret(seed).build().unwrap().generate(now).to_string();
    let home = browser.send("/api/account/welcome/code", &[("token", &link.token), ("code", &code)]).await;
    assert_eq!(home, "/");
    assert!(!browser.jar().contains("valkommen="), "the link's cookie is gone");
    registers_a_colleague(&mut browser).await;
    signs_out(&mut browser).await;

    let mut other = Browser::at(&world, &address).await;
    assert_eq!(other.shown.status, StatusCode::GONE);
    assert!(other.shows("Länken gäller inte"));
    assert_eq!(other.go("/jag").await, StatusCode::SEE_OTHER);
}

async fn registers_a_colleague(browser: &mut Browser<'_>) {
    assert_eq!(browser.go("/kommunen/personer/ny").await, StatusCode::OK);
    let back = browser.send("/api/people/add", &[("name", "Nils Berg"), ("email", "nils")]).await;
    assert!(back.contains("utkast=") && browser.shows("value=\"Nils Berg\""), "nothing typed is lost");
    assert!(browser.shows("hel e-postadress"));
    browser.page = "/kommunen/personer/ny".into();
    let person = browser.send("/api/people/add", &[("name", "Nils Berg"), ("email", "nils@provkommun.example")]).await;
    let (person, _) = person.split_once('?').unwrap();
    assert!(browser.shows("Behöver en länk") && !browser.shows("<title>Nils"));
    let id = person.rsplit('/').next().unwrap();
    let work = [("person", id), ("role", "operator"), ("unit", ""), ("title", "It-drift"), ("from", ""), ("until", "")];
    browser.page = person.into();
    browser.send("/api/people/assignment/add", &work).await;
    assert!(browser.shows("<span>It-drift"));
    browser.page = person.into();
    let shown = browser.send("/api/people/link", &[("person", id), ("purpose", "join")]).await;
    assert!(browser.shows("https://samverkan.test/valkommen/"));
    let secret = browser.after("https://samverkan.test/valkommen/").to_owned();
    assert!(!shown.contains(&secret), "the address tells nothing of the link");
    browser.go("/kommunen/personer").await;
    assert!(browser.shows("Nils Berg") && browser.shows("Har en länk") && !browser.shows(&secret));
}

async fn signs_out(browser: &mut Browser<'_>) {
    assert_eq!(browser.go("/jag").await, StatusCode::OK);
    assert!(browser.shows("sara@provkommun.example") && browser.shows("Den här"));
    let before = browser.jar();
    let to = browser.send("/api/account/sign-out", &[]).await;
    assert_eq!(to, "/logga-in?sagt=utloggad");
    assert!(!browser.jar().contains("sid="));
    let old = browser.world.send(Request::get("/jag").header(header::COOKIE, before)).await;
    assert_eq!(
        (old.status, old.location()),
        (StatusCode::SEE_OTHER, "/logga-in?till=/jag"),
        "the old token is worth nothing"
    );
}

/// AUTH-12, SESS-01: wrong and unknown look the same, byte for byte but for what differs with each page anyway.
#[tokio::test]
async fn auth_12_the_page_after_a_wrong_sign_in_is_the_same_for_anybody() {
    let world = World::new().await;
    invite_administrator(&world.backend, "sara@provkommun.example", "Sara Lind").await.unwrap();
    let mut pages = Vec::new();
    for email in ["sara@provkommun.example", "noll@provkommun.example"] {
        let mut browser = Browser::at(&world, "/logga-in").await;
        browser.send("/api/account/sign-in", &[("email", email), ("password", PASSWORD), ("till", "/")]).await;
        assert!(browser.shows("hör inte ihop") && browser.shows(email), "the address stays, the password does not");
        assert!(!browser.jar().contains("sid="));
        pages.push((browser.shown.status, without_what_changes(&browser.shown.body.replace(email, ""))));
    }
    assert_eq!(pages[0], pages[1]);
}

/// A page without its nonce, tokens and the draft's id: words of 22 characters and more.
fn without_what_changes(page: &str) -> String {
    let stays = |word: &&str| word.len() < 22;
    page.split(|character: char| !character.is_ascii_alphanumeric() && character != '-' && character != '_')
        .filter(stays)
        .collect::<Vec<_>>()
        .join(" ")
}
