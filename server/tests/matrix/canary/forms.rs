//! The forms that stand on a page, and what is typed in them.

/// A form as it stands on a page.
pub struct Form {
    /// Where it is sent.
    pub action: String,
    fields: Vec<(String, Kind)>,
}

enum Kind {
    /// Sent as it stands: hidden, chosen or ticked.
    Given(String),
    /// Something is typed here.
    Typed(String),
}

impl Form {
    /// The forms of a page that change something.
    pub fn all(page: &str) -> Vec<Self> {
        let mut forms = Vec::new();
        for part in page.split("<form").skip(1) {
            let part = part.split("</form>").next().unwrap_or_default();
            let head = part.split('>').next().unwrap_or_default();
            if let Some(action) = attribute(head, "action").filter(|action| action.starts_with("/api/")) {
                let mut fields = fields(part);
                fields.extend(attribute(head, "id").into_iter().flat_map(|id| elsewhere(page, &id)));
                forms.push(Self { action, fields });
            }
        }
        forms
    }

    /// Whether anything is typed in it.
    pub fn takes_text(&self) -> bool {
        self.fields.iter().any(|(_, kind)| matches!(kind, Kind::Typed(_)))
    }

    /// What is sent when `typed` says what stands in a field of this name and kind.
    pub fn sent(&self, mut typed: impl FnMut(&str, &str) -> String) -> Vec<(String, String)> {
        let value = |(name, kind): &(String, Kind)| match kind {
            Kind::Given(value) => (name.clone(), value.clone()),
            Kind::Typed(kind) => (name.clone(), typed(name, kind)),
        };
        self.fields.iter().map(value).collect()
    }
}

/// What is typed elsewhere on the page for the form with this id.
fn elsewhere(page: &str, id: &str) -> Vec<(String, Kind)> {
    let tags = page.split("<textarea").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    let own = tags.filter(|tag| attribute(tag, "form").as_deref() == Some(id));
    own.filter_map(|tag| Some((attribute(tag, "name")?, Kind::Typed("textarea".into())))).collect()
}

fn fields(form: &str) -> Vec<(String, Kind)> {
    let mut fields = Vec::new();
    let mut select: Option<(String, Option<String>)> = None;
    for tag in form.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = attribute(tag, "name").filter(|name| !name.is_empty());
        match (tag.split([' ', '/']).next().unwrap_or_default(), name) {
            ("textarea", Some(name)) => fields.push((name, Kind::Typed("textarea".into()))),
            ("select", Some(name)) => select = Some((name, None)),
            ("option", _) => {
                let value = attribute(tag, "value").filter(|value| !value.is_empty());
                if let (Some((_, chosen @ None)), Some(value)) = (&mut select, value) {
                    *chosen = Some(value);
                }
            }
            ("input", Some(name)) => {
                let value = attribute(tag, "value").unwrap_or_default();
                match attribute(tag, "type").as_deref() {
                    // The first of a group.
                    Some("radio") if fields.iter().any(|(other, _)| *other == name) => {}
                    Some("hidden" | "checkbox" | "radio") => fields.push((name, Kind::Given(value))),
                    Some("file" | "submit") => {}
                    kind => fields.push((name, Kind::Typed(kind.unwrap_or("text").to_owned()))),
                }
            }
            // Several buttons of a form tell by their value which was pressed: the first.
            ("button", Some(name)) if !fields.iter().any(|(other, _)| *other == name) => {
                fields.push((name, Kind::Given(attribute(tag, "value").unwrap_or_default())));
            }
            _ => {}
        }
        if form.contains("</select")
            && tag.starts_with("/select")
            && let Some((name, chosen)) = select.take()
        {
            fields.push((name, Kind::Given(chosen.unwrap_or_default())));
        }
    }
    fields
}

/// An attribute's value, as the server writes it: always in double quotes.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}
