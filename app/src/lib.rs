//! The screens of Samverkan.
//!
//! `pages` and what they need (`request`, `routes`, `shell`, `form`) exist on the server only. `islands`, `components`, `text`,
//! `problem`, `wire`, `path` and `api` are compiled for both sides.

#![recursion_limit = "512"]

pub mod api;
pub mod components;
pub mod islands;
pub mod path;
pub mod problem;
pub mod text;
pub mod wire;

#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
