//! `GET /v1/socket`: the protocol as a client meets it.

mod changes;
mod faults;
mod greeting;
mod help;
mod isolation;
mod note_files;
mod notes;
mod offers;
mod panel;
mod places;
mod resume;
mod talk;
