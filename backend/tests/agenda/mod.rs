//! Agendas, invitations, mail and calendar feeds.

mod answer;
mod arrange;
mod board;
mod feed;
mod golden;
mod mail;
mod publish;
mod smtp;
