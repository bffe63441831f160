//! Agendas, invitations, mail and calendar feeds.

mod answer;
mod arrange;
pub mod board;
pub mod consultation;
mod feed;
mod golden;
mod mail;
mod news;
mod proposals;
mod publish;
mod slots;
mod smtp;
mod standing;
mod tls;
mod warnings;
