//! Pages that help and inform, open to anybody.

mod accessibility;
mod keyboard;

pub use accessibility::AccessibilityPage;
pub use keyboard::KeyboardPage;
