//! What an agent's frames ask for: decoded, carried out, answered.
//!
//! Runs on a blocking thread. A frame that a person caused keeps the sign-in alive; heartbeats
//! and what a client says by itself do not.

use protocol::agent::{AgentCommand, AgentFrame};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::AgentId;
use server_core::domain::{Principal, TokenDigest};

use super::reply::{Reply, bad_frame, close_code, refused};
use crate::state::App;

/// Answers one frame.
pub(super) fn respond(app: &App, agent: &AgentId, sign_in: &TokenDigest, text: &str) -> Reply {
    let command = match AgentCommand::decode(text) {
        Ok(command) => command,
        Err(error) => return Reply::frame(bad_frame(error)),
    };
    if !is_activity(&command) {
        return carry_out(app, agent, command);
    }
    match app.service.renew_session(sign_in) {
        Ok(session) => Reply {
            expires_at: Some(session.expires_at),
            ..carry_out(app, agent, command)
        },
        Err(error) => Reply::refused(None, None, &error).then_close(close_code(error.code())),
    }
}

fn is_activity(command: &AgentCommand) -> bool {
    !matches!(
        command,
        AgentCommand::Ping(_)
            | AgentCommand::Pong(_)
            | AgentCommand::Resume(_)
            | AgentCommand::MarkDelivered(_)
            | AgentCommand::LinkAttachments(_)
            | AgentCommand::ListFiles(_)
    )
}

fn carry_out(app: &App, agent: &AgentId, command: AgentCommand) -> Reply {
    let service = &app.service;
    let who = &Principal::Agent(agent.clone());
    match command {
        AgentCommand::PostMessage(post) => {
            Reply::outcome(&post.client_id, service.post_message(who, &post))
        }
        AgentCommand::EditMessage(order) => {
            Reply::outcome(&order.client_id, service.edit_message(who, &order))
        }
        AgentCommand::DeleteMessage(order) => {
            Reply::outcome(&order.client_id, service.delete_message(who, &order))
        }
        AgentCommand::EditNote(order) => {
            Reply::outcome(&order.client_id, service.edit_note(agent, &order))
        }
        AgentCommand::DeleteNote(order) => {
            Reply::outcome(&order.client_id, service.delete_note(agent, &order))
        }
        AgentCommand::FetchHistory(query) => {
            let fetched = service.fetch_history(agent, &query);
            let fetched = fetched.map(|it| Reply::frame(AgentFrame::HistoryFetched(it).encode()));
            Reply::answer(query.reference, fetched)
        }
        AgentCommand::PostNote(post) => {
            Reply::outcome(&post.client_id, service.post_note(agent, &post))
        }
        AgentCommand::SeeMentions(order) => {
            Reply::outcome(&order.client_id, service.see_mentions(agent, &order))
        }
        AgentCommand::SaveSharedNotes(order) => match service.save_shared_notes(agent, &order) {
            Ok(saved) => Reply::frame(AgentFrame::SharedNotesSaved(saved).encode()),
            Err(error) => Reply::refused(Some(order.client_id), None, &error),
        },
        AgentCommand::FetchSharedNotes(query) => {
            let fetched = service.fetch_shared_notes(agent, &query);
            let fetched =
                fetched.map(|it| Reply::frame(AgentFrame::SharedNotesFetched(it).encode()));
            Reply::answer(query.reference, fetched)
        }
        AgentCommand::ChooseExpertise(order) => {
            Reply::outcome(&order.client_id, service.choose_expertise(agent, &order))
        }
        AgentCommand::ListFiles(query) => {
            let listed = service.list_files(agent, &query);
            let listed = listed.map(|it| Reply::frame(AgentFrame::FilesListed(it).encode()));
            Reply::answer(query.reference, listed)
        }
        AgentCommand::TakeConversation(order) => {
            Reply::outcome(&order.client_id, service.take_conversation(agent, &order))
        }
        AgentCommand::JoinConversation(order) => {
            Reply::outcome(&order.client_id, service.join_conversation(agent, &order))
        }
        AgentCommand::LeaveConversation(order) => {
            Reply::outcome(&order.client_id, service.leave_conversation(agent, &order))
        }
        AgentCommand::SetLiveStatus(order) => {
            Reply::outcome(&order.client_id, service.set_live_status(agent, &order))
        }
        AgentCommand::EndSession(order) => {
            Reply::outcome(&order.client_id, service.end_session(agent, &order))
        }
        AgentCommand::SetState(order) => {
            Reply::outcome(&order.client_id, service.set_state(agent, &order))
        }
        AgentCommand::AcceptOffer(order) => {
            Reply::outcome(&order.client_id, service.accept_offer(agent, &order))
        }
        AgentCommand::DeclineOffer(order) => {
            Reply::outcome(&order.client_id, service.decline_offer(agent, &order))
        }
        AgentCommand::MarkDelivered(mark) => {
            Reply::outcome(&mark.client_id, service.mark_delivered(who, &mark))
        }
        AgentCommand::MarkRead(mark) => {
            Reply::outcome(&mark.client_id, service.mark_read(who, &mark))
        }
        // A signal: what is wrong with it is nobody's loss.
        AgentCommand::SetTyping(signal) => Reply {
            typing: service.set_typing(who, &signal).ok(),
            ..Reply::none()
        },
        AgentCommand::SetNoteTyping(signal) => Reply {
            typing: service.set_note_typing(agent, &signal).ok(),
            ..Reply::none()
        },
        AgentCommand::ListConversations(query) => {
            let listed = service
                .list_conversations(agent, &query)
                .map(|listed| Reply {
                    follow: listed.cursors.clone(),
                    ..Reply::frame(AgentFrame::ConversationsListed(listed).encode())
                });
            Reply::answer(query.reference, listed)
        }
        AgentCommand::OpenConversation(query) => {
            let opened = service.open_conversation_for_agent(agent, &query);
            let opened = opened.map(|opened| Reply {
                follow: vec![opened.cursor.clone()],
                ..Reply::frame(AgentFrame::ConversationOpened(opened).encode())
            });
            Reply::answer(query.reference, opened)
        }
        AgentCommand::CloseConversation(signal) => Reply {
            unfollow: vec![Feed::Conversation(signal.conversation)],
            ..Reply::none()
        },
        AgentCommand::FetchMessages(query) => {
            let fetched = service.fetch_messages_for_agent(agent, &query);
            let fetched = fetched.map(|it| Reply::frame(AgentFrame::MessagesFetched(it).encode()));
            Reply::answer(query.reference, fetched)
        }
        AgentCommand::Resume(order) => {
            let outcome = service.resume_feed(who, &order.from);
            Reply::resumption(order.from, outcome)
        }
        AgentCommand::Ping(_) => Reply::frame(AgentFrame::Pong(protocol::hello::Pong {}).encode()),
        AgentCommand::Pong(_) => Reply::none(),
        AgentCommand::LinkAttachments(query) => Reply::linked(app, who, &query),
        AgentCommand::Connect(_) => Reply::frame(refused(None, None, ErrorCode::BadFrame.into())),
        AgentCommand::Unknown(frame) => Reply::frame(refused(
            frame.client_id,
            frame.reference,
            ErrorCode::UnknownFrame.into(),
        )),
    }
}
