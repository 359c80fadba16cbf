//! What a visitor's frames ask for: decoded, carried out, answered.
//!
//! Runs on a blocking thread. There are no decisions here, only which use case a frame names.

use protocol::error::ErrorCode;
use protocol::visitor::{VisitorCommand, VisitorFrame};
use server_core::domain::{Principal, Visitor};

use super::reply::{Reply, bad_frame, refused};
use crate::state::App;

/// Answers one frame.
pub(super) fn respond(app: &App, visitor: &Visitor, text: &str) -> Reply {
    let service = &app.service;
    let command = match VisitorCommand::decode(text) {
        Ok(command) => command,
        Err(error) => return Reply::frame(bad_frame(error)),
    };
    let who = &Principal::Visitor(visitor.clone());
    match command {
        VisitorCommand::PostMessage(post) => {
            Reply::outcome(&post.client_id, service.post_message(who, &post))
        }
        VisitorCommand::EditMessage(order) => {
            Reply::outcome(&order.client_id, service.edit_message(who, &order))
        }
        VisitorCommand::DeleteMessage(order) => {
            Reply::outcome(&order.client_id, service.delete_message(who, &order))
        }
        VisitorCommand::RestartChatbot(order) => {
            Reply::outcome(&order.client_id, service.restart_chatbot(visitor, &order))
        }
        VisitorCommand::MarkDelivered(mark) => {
            Reply::outcome(&mark.client_id, service.mark_delivered(who, &mark))
        }
        VisitorCommand::MarkRead(mark) => {
            Reply::outcome(&mark.client_id, service.mark_read(who, &mark))
        }
        VisitorCommand::SetLanguage(order) => match service.set_language(visitor, &order) {
            Ok(set) => Reply {
                languages: Some(set.languages),
                ..Reply::outcome(&order.client_id, Ok(set.done))
            },
            Err(error) => Reply::outcome(&order.client_id, Err(error)),
        },
        // A signal: what is wrong with it is nobody's loss.
        VisitorCommand::SetTyping(signal) => Reply {
            typing: service.set_typing(who, &signal).ok(),
            ..Reply::none()
        },
        VisitorCommand::OpenConversation(query) => {
            let opened = service.open_conversation(who, &query).map(|opened| Reply {
                follow: vec![opened.cursor.clone()],
                ..Reply::frame(VisitorFrame::ConversationOpened(opened).encode())
            });
            Reply::answer(query.reference, opened)
        }
        VisitorCommand::FetchMessages(query) => {
            let fetched = service.fetch_messages(who, &query);
            let fetched =
                fetched.map(|it| Reply::frame(VisitorFrame::MessagesFetched(it).encode()));
            Reply::answer(query.reference, fetched)
        }
        VisitorCommand::Resume(order) => {
            let outcome = service.resume_feed(who, &order.from);
            Reply::resumption(order.from, outcome)
        }
        VisitorCommand::Ping(_) => {
            Reply::frame(VisitorFrame::Pong(protocol::hello::Pong {}).encode())
        }
        VisitorCommand::Pong(_) => Reply::none(),
        VisitorCommand::LinkAttachments(query) => Reply::linked(app, who, &query),
        VisitorCommand::Connect(_) => Reply::frame(refused(None, None, ErrorCode::BadFrame.into())),
        VisitorCommand::Unknown(frame) => Reply::frame(refused(
            frame.client_id,
            frame.reference,
            ErrorCode::UnknownFrame.into(),
        )),
    }
}
