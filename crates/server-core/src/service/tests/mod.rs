//! The use cases, told as facts about a small demo house kept in memory.

mod house;
mod work;

mod absence;
mod access;
mod attending;
mod chatbots;
mod connecting;
mod ending;
mod expertise;
mod forgetting;
mod forms;
mod help;
mod listing;
mod notes;
mod offers;
mod opening;
mod outcome;
mod posting;
mod receipts;
mod repeating;
mod resuming;
mod revising;
mod secrecy;
mod session_actions;
mod setting_up;
mod shared_notes;
mod signing_in;
mod states;
mod stories;
mod teams;
mod typing;
mod uploads;
