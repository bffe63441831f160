//! Agendas, invitations, mail and calendar feeds.

mod answer;
mod arrange;
pub mod board;
mod by_mail;
pub mod consultation;
mod feed;
mod golden;
mod imap;
mod mail;
mod meeting_file;
mod my_calendar;
pub mod news;
mod proposals;
mod publish;
mod slots;
pub mod smtp;
mod standing;
mod tls;
mod warnings;
