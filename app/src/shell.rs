//! The document around every page: head, files, the start of the islands.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::{
    request::{Files, Visitor, request},
    routes::App,
    text::words,
};

/// Starts the islands that are in the page, in document order, so that children find what their parents provide. A page
/// without islands loads no WebAssembly. Leptos' own script is not used: it copies the nonce where pages could read it.
const START: &str = r#"const fetched = async () => {
  try {
    const islands = await import(SCRIPT);
    await islands.default({ module_or_path: WASM });
    return islands;
  } catch (fault) {
    // Not fetched: the page was left meanwhile, or the line broke. It works without.
    if (!(fault instanceof TypeError)) throw fault;
  }
};
const islands = document.querySelector("leptos-island") && (await fetched());
if (islands) {
  islands.hydrate();
  const start = async (node, entered) => {
    for (const child of node.children) {
      let inner = entered;
      if (child.localName === "leptos-island") {
        entered?.();
        await islands[child.dataset.component]?.(child);
      } else if (child.localName === "leptos-children") {
        inner = child.$$on_hydrate;
      }
      await start(child, inner);
    }
  };
  await start(document.body);
}"#;

/// The whole document.
pub fn shell() -> impl IntoView {
    provide_meta_context();
    // Resources outside islands are not written into the page.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let request = request();
    let lang = request.as_ref().map(|request| request.lang).unwrap_or_default();
    let style = request.as_ref().map(|request| request.house.files.style.clone());
    let font = request.as_ref().and_then(|request| request.house.files.font.clone());
    let name = words::product(lang);
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="application-name" content=name/>
                <meta name="theme-color" content="#0b5566" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0d3742" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/site.webmanifest"/>
                {font.map(|font| view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/> })}
                <link rel="stylesheet" href=style/>
                <Start/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
}

/// Loads and starts the browser half. The nonce stands in `nonce` attributes only.
#[component]
fn Start() -> impl IntoView {
    request().map(|request| {
        let Files { script, wasm, .. } = request.house.files.clone();
        let nonce = request.nonce.to_string();
        let start = START.replace("SCRIPT", &format!("{script:?}")).replace("WASM", &format!("{wasm:?}"));
        // Somebody signed in always has an island in the frame.
        let soon = matches!(request.visitor, Visitor::SignedIn(_)).then(|| {
            view! {
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            }
        });
        view! {
            {soon}
            <script type="module" nonce=nonce>
                {start}
            </script>
        }
    })
}
