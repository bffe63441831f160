//! The time left of an item.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::js_sys::Date;

use crate::text::{Lang, room as text};

/// Counts an item's planned minutes down, and what it takes beyond them up. Without script it shows the time the page was made.
#[island]
pub fn ItemClock(
    /// Seconds since the item began, when the page was made.
    elapsed: u32,
    /// The planned minutes.
    minutes: u32,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let passed = RwSignal::new(elapsed);
    Effect::new(move |_| {
        let from = Date::now();
        // The difference is taken anew each second: a sleeping browser skips ticks.
        let tick = move || passed.set(elapsed.saturating_add(seconds(Date::now() - from)));
        if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || ticking.clear());
        }
    });
    let planned = minutes.saturating_mul(60);
    let over = move || passed.get() > planned;
    view! {
        <div>
            <div class=move || if over() { "clock over" } else { "clock" } role="timer">
                {move || shown(passed.get(), planned)}
            </div>
            <p>{move || if over() { text::over_of(lang, minutes) } else { text::left_of(lang, minutes) }}</p>
            <progress
                class=move || if over() { "meter over" } else { "meter" }
                value=move || passed.get().min(planned).to_string()
                max=planned.to_string()
                aria-label=text::time_passed(lang)
            ></progress>
        </div>
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits before")]
fn seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0).clamp(0.0, f64::from(u32::MAX)) as u32
}

/// "07.38", and "+02.10" beyond the planned time.
fn shown(passed: u32, planned: u32) -> String {
    let (sign, rest) = if passed > planned { ("+", passed - planned) } else { ("", planned - passed) };
    format!("{sign}{:02}.{:02}", rest / 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_counts_down_and_then_up() {
        assert_eq!(shown(0, 1200), "20.00");
        assert_eq!(shown(742, 1200), "07.38");
        assert_eq!(shown(1200, 1200), "00.00");
        assert_eq!(shown(1330, 1200), "+02.10");
    }
}
