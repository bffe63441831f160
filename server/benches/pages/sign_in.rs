//! Signing in to the demo as anybody can: by the forms on its pages.

use anyhow::{Context as _, Result, ensure};
use axum::body::Body;
use http::{Request, StatusCode, header};

use crate::client::{Answer, Client};

/// A form of a page: where it goes and what it holds.
struct Form {
    to: String,
    fields: Vec<(String, String)>,
}

/// The cookies of somebody who is in.
pub async fn as_somebody(client: &mut Client, email: &str) -> Result<String> {
    let mut jar = Vec::new();
    let mut page = go(client, &mut jar, "/logga-in").await?;
    page = submit(client, &mut jar, form_around(&page, email)?).await?;
    page = submit(client, &mut jar, form_around(&page, "name=\"code\" value=")?).await?;
    ensure!(page.contains("/jag"), "{email} did not come in:\n{page}");
    Ok(cookies(&jar))
}

/// The form for one's language, sent again and again: a change of what the program shows, and of hardly anything else.
pub struct Language {
    form: Form,
    jar: Vec<(String, String)>,
    english: bool,
}

impl Language {
    /// As somebody finds it on their page.
    pub async fn of(client: &mut Client, cookies: &str) -> Result<Self> {
        let mut jar: Vec<_> = cookies.split("; ").filter_map(|one| one.split_once('=')).map(owned).collect();
        let page = go(client, &mut jar, "/jag").await?;
        let mut form = form_around(&page, "name=\"language\"")?;
        form.fields.retain(|(name, _)| name == "_token" || name == "_page");
        form.to = "/api/account/language".into();
        Ok(Self { form, jar, english: false })
    }

    /// Changes it to the other one and back: what is shown is as it was, and has to be worked out anew.
    pub async fn there_and_back(&mut self, client: &mut Client) -> Result<()> {
        self.change(client).await?;
        self.change(client).await
    }

    /// Changes it to the other one.
    pub async fn change(&mut self, client: &mut Client) -> Result<()> {
        self.english = !self.english;
        let mut form = Form { to: self.form.to.clone(), fields: self.form.fields.clone() };
        form.fields.push(("language".into(), if self.english { "en" } else { "sv" }.into()));
        post(client, &mut self.jar, &form).await.map(drop)
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

async fn go(client: &mut Client, jar: &mut Vec<(String, String)>, path: &str) -> Result<String> {
    let answer = client.send(Request::get(path).header(header::COOKIE, cookies(jar))).await?;
    keep(jar, &answer);
    Ok(String::from_utf8(answer.body)?)
}

async fn submit(client: &mut Client, jar: &mut Vec<(String, String)>, form: Form) -> Result<String> {
    let to = post(client, jar, &form).await?;
    go(client, jar, &to).await
}

/// Sends a form; gives where its answer leads.
async fn post(client: &mut Client, jar: &mut Vec<(String, String)>, form: &Form) -> Result<String> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let request = Request::post(&form.to)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookies(jar));
    let answer = client.send_with(request, Body::from(body)).await?;
    ensure!(answer.status == StatusCode::SEE_OTHER, "{} answered {}", form.to, answer.status);
    keep(jar, &answer);
    Ok(answer.header("location").to_owned())
}

fn cookies(jar: &[(String, String)]) -> String {
    jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

fn keep(jar: &mut Vec<(String, String)>, answer: &Answer) {
    for line in answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
        let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
        jar.retain(|(held, _)| held != name);
        jar.push((name.to_owned(), value.to_owned()));
    }
}

/// The form that holds a text, with the fields the page filled in.
fn form_around(page: &str, text: &str) -> Result<Form> {
    let at = page.find(text).with_context(|| format!("no {text} on the page"))?;
    let (before, after) = page.split_at(at);
    let (_, start) = before.rsplit_once("<form").context("no form begins")?;
    let (end, _) = after.split_once("</form>").context("no form ends")?;
    let form = format!("{start}{end}");
    let to = attribute(&form, "action").context("a form leads nowhere")?;
    let fields = form.split("<input").skip(1).filter_map(|input| {
        let input = input.split('>').next()?;
        Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()))
    });
    Ok(Form { to, fields: fields.collect() })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split('"').next()?.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
}
