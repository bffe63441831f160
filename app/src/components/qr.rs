//! A QR code for a telephone's camera.

use backend::auth::code::Picture;
use leptos::prelude::*;

/// The picture, with what it is for whoever cannot see it.
pub fn qr(picture: &Picture, what: &'static str) -> impl IntoView + use<> {
    // Four light squares around a QR code are part of it.
    let side = picture.side + 8;
    let (view_box, path) = (format!("-4 -4 {side} {side}"), picture.path.clone());
    view! {
        <svg class="qr" role="img" aria-label=what viewBox=view_box shape-rendering="crispEdges">
            // Dark on light whatever the page's colours: cameras expect it.
            <rect x="-4" y="-4" width=side.to_string() height=side.to_string() fill="white"/>
            <path d=path fill="black"/>
        </svg>
    }
}
