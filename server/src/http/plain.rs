//! Answers where no page can be rendered: refused before anything ran, or broken off.

use std::any::Any;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
    response::IntoResponse,
};

/// A small page without script for a status, in both languages. Says nothing of the cause.
pub fn page(status: StatusCode) -> axum::response::Response {
    let (swedish, english) = match status {
        StatusCode::FORBIDDEN => (
            "Det kom inte från en sida hos oss. Gå tillbaka, ladda om och försök igen.",
            "That did not come from a page of ours. Go back, reload and try again.",
        ),
        StatusCode::NOT_FOUND => ("Sidan finns inte.", "There is no such page."),
        StatusCode::METHOD_NOT_ALLOWED => ("Så går det inte att fråga.", "That is no way to ask."),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Texten är för lång för att tas emot. Gå tillbaka och korta den.",
            "The text is too long to be received. Go back and shorten it.",
        ),
        StatusCode::URI_TOO_LONG => ("Adressen är för lång.", "The address is too long."),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => (
            "Webbläsaren skickade för mycket med. Rensa kakorna för den här webbplatsen och försök igen.",
            "The browser sent too much along. Clear the cookies of this site and try again.",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("Det formatet tas inte emot.", "That format is not received."),
        StatusCode::TOO_MANY_REQUESTS => {
            ("För många försök. Vänta en minut och försök igen.", "Too many tries. Wait a minute and try again.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("Det är mycket just nu. Vänta en stund och försök igen.", "Busy right now. Wait a moment and try again.")
        }
        _ => {
            ("Något gick fel hos oss. Försök igen om en stund.", "Something went wrong on our side. Try again shortly.")
        }
    };
    let code = status.as_u16();
    let html = format!(
        "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Samverkan</title></head><body><main><h1>{code}</h1>\
         <p>{swedish}</p><p lang=\"en\">{english}</p><p><a href=\"/\">Samverkan</a></p></main></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// What is answered after a panic: nothing of it (DOS). The panic itself is in the log.
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    drop(panic);
    tracing::error!("a handler panicked");
    page(StatusCode::INTERNAL_SERVER_ERROR)
}
