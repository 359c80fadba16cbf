//! What only agents may see is nowhere in what a visitor gets.

use protocol::agent::{ChooseExpertise, SaveSharedNotes, SeeMentions, SetNoteTyping};
use protocol::attachment::{AttachmentKind, LinkAttachments};
use protocol::conversation::ParticipantRole;
use protocol::feed::Feed;
use protocol::http::{UploadPurpose, UploadRequest};
use protocol::ids::{AttachmentId, ConversationId};
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::visitor::{FetchMessages, OpenConversation, VisitorFrame};

use super::attending::put_in;
use super::house::{House, agent, agent_id, as_visitor, connect, posted, team_id};
use crate::domain::{FileFacts, Principal, Subject, TeamRecord, Uploader, Visibility};
use crate::error::{Error, StorageError};
use crate::ports::storage::write;
use crate::service::{Arrival, UploadOpened, VerifiedVisitor};

#[test]
fn notes_are_for_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let before = house.visitor_frames(&visitor, &id);
    house.note("ana", &id, "secret").unwrap();
    house.post(&visitor, "After").unwrap();

    assert_eq!(house.notes("ben", &id)[0].text, "secret");
    assert_eq!(house.lines(&agent("ben"), &id)[1..], ["Hello?", "After"]);
    assert_eq!(house.lines(&visitor, &id)[1..], ["Hello?", "After"]);
    let after = house.visitor_frames(&visitor, &id);
    assert_eq!(after.len(), before.len() + 1);
    let fetch = FetchMessages {
        reference: 1,
        conversation: id.clone(),
        before: Position(u64::MAX),
        limit: 200,
    };
    let fetched = house.service.fetch_messages(&visitor, &fetch).unwrap();
    assert!(!format!("{after:?}{fetched:?}").contains("secret"));
}

#[test]
fn hidden_participants_are_for_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let member = ParticipantRole::Member;
    put_in(&house, &id, "sol", member, Visibility::Hidden);
    house.take("ana", &id).unwrap();
    let told = format!("{:?}", house.visitor_frames(&visitor, &id));
    assert!(told.contains("Ana") && !told.contains("Sol"));
    assert_eq!(house.row("ana", &id).participants.len(), 2);
}

#[test]
fn misplaced_entry_is_a_fault_and_never_a_frame() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let secret = posted(house.note("ana", &id, "secret"));
    let subjects = [
        Subject::Message(id.clone(), secret.message.clone()),
        Subject::Mention(id.clone(), secret.message),
        Subject::Summary(id.clone()),
        Subject::Unread(id.clone()),
        Subject::SharedNotes(id.clone()),
        Subject::Expertise(id.clone()),
        Subject::State,
        Subject::Offer(protocol::ids::OfferId::parse("o1").unwrap()),
    ];
    let feed = Feed::Visitor(id);
    for subject in subjects {
        let seq = write::<_, StorageError>(&*house.storage, |tx| {
            tx.append_entry(&feed, &subject, house.now())
        });
        let after = Seq(seq.unwrap().0 - 1);
        let visitor = as_visitor(&visitor);
        let read = house.service.read_visitor_entries(visitor, &feed, after, 1);
        let damaged = Error::Storage(StorageError::Damaged(String::new()));
        assert_eq!(
            std::mem::discriminant(&read.unwrap_err()),
            std::mem::discriminant(&damaged)
        );
    }
}

/// What happens in a conversation, told twice: once with notes in it, once without.
struct Story {
    house: House,
    id: ConversationId,
    visitor: Principal,
    with_notes: bool,
}

impl Story {
    fn tell(with_notes: bool) -> Self {
        let house = House::new();
        let (visitor, id) = house.conversation();
        let story = Self {
            house,
            id,
            visitor,
            with_notes,
        };
        let (house, visitor, id) = (&story.house, &story.visitor, &story.id);
        if with_notes {
            story.gather();
        }
        let end = Position(u64::MAX);
        story.whisper("ana", &["ben"]);
        house.take("ana", id).unwrap();
        story.whisper("ana", &[]);
        house.post_to(&agent("ana"), id, "Good morning").unwrap();
        house.mark_read(visitor, id, end).unwrap();
        story.whisper("ben", &["ana", "sol"]);
        house.mark_read(&agent("ana"), id, end).unwrap();
        house.post(visitor, "Still there?").unwrap();
        story.whisper("sol", &[]);
        house.mark_delivered(&agent("ben"), id, end).unwrap();
        house.join("ben", id).unwrap();
        house.leave("ana", id).unwrap();
        house.post_to(&agent("ben"), id, "Yes").unwrap();
        story.whisper("ben", &["sol"]);
        story
    }

    /// A team whose name is a secret, too.
    fn gather(&self) {
        let team = TeamRecord {
            id: team_id("secret-team"),
            name: "SECRET society".to_owned(),
        };
        let gathered = write::<_, StorageError>(&*self.house.storage, |tx| {
            tx.put_team(&team)?;
            tx.put_team_member(&team.id, &agent_id("ana"))?;
            tx.put_team_member(&team.id, &agent_id("sol"))
        });
        gathered.unwrap();
    }

    /// A note with all that goes with it.
    fn whisper(&self, name: &str, mentions: &[&str]) {
        if !self.with_notes {
            return;
        }
        let (house, id, who) = (&self.house, &self.id, agent_id(name));
        for typing in [true, false] {
            let signal = SetNoteTyping {
                conversation: id.clone(),
                typing,
            };
            let notice = house.service.set_note_typing(&who, &signal).unwrap();
            let is_visitors = |feed: &Feed| matches!(feed, Feed::Visitor(_));
            assert!(!notice.to.iter().any(is_visitors));
        }
        house.woken();
        let order = SaveSharedNotes {
            client_id: house.fresh(),
            conversation: id.clone(),
            base_version: 0,
            text: format!("SECRET of {name}"),
            restores: None,
        };
        house.service.save_shared_notes(&who, &order).unwrap();
        let order = ChooseExpertise {
            client_id: house.fresh(),
            conversation: id.clone(),
            expertise: "Technical".to_owned(),
            chosen: true,
        };
        house.service.choose_expertise(&who, &order).unwrap();
        let file = self.hide(name);
        let note = posted(house.note_with(name, id, "SECRET", mentions, &[&file]));
        for mentioned in mentions {
            let order = SeeMentions {
                client_id: house.fresh(),
                conversation: id.clone(),
                up_to: note.position,
            };
            let done = house.service.see_mentions(&agent_id(mentioned), &order);
            done.unwrap();
        }
        let order = protocol::agent::PostNote {
            client_id: house.fresh(),
            conversation: id.clone(),
            text: "SECRET".to_owned(),
            mentions: Vec::new(),
            teams: vec![team_id("secret-team")],
            reply_to: Some(note.message.clone()),
            attachments: vec![self.hide(name)],
        };
        house.service.post_note(&who, &order).unwrap();
        house
            .edit_note(name, &note, "SECRET, still", mentions)
            .unwrap();
        house.delete_note(name, &note).unwrap();
        let woken = house.woken();
        assert!(!woken.iter().any(|feed| feed.starts_with("visitor/")));
    }

    /// A file for a note, with all its bytes there.
    fn hide(&self, name: &str) -> AttachmentId {
        let service = &self.house.service;
        let request = UploadRequest {
            client_id: self.house.fresh(),
            name: "SECRET.pdf".to_owned(),
            media_type: String::new(),
            size: 9,
            conversation: Some(self.id.clone()),
            purpose: Some(UploadPurpose::Note),
            voice: None,
        };
        let uploader = Uploader::Agent(agent_id(name));
        let file = service.begin_upload(&uploader, &request).unwrap();
        let UploadOpened::Awaited { blob, .. } = service.open_upload(&file.attachment).unwrap()
        else {
            panic!("it is new");
        };
        let facts = FileFacts {
            blob,
            kind: AttachmentKind::File,
            media_type: "application/octet-stream".to_owned(),
            dimensions: None,
            thumbnail: None,
        };
        service.finish_upload(&file.attachment, &facts).unwrap();
        file.attachment
    }

    /// Everything a visitor's client can be told or ask for, as text.
    fn told(&self) -> Vec<String> {
        let (house, id) = (&self.house, &self.id);
        let mut told = Vec::new();
        for frame in house.visitor_frames(&self.visitor, id) {
            told.push(frame.encode());
        }
        for limit in 1..8 {
            let open = OpenConversation {
                reference: limit,
                conversation: id.clone(),
                limit,
            };
            let opened = house
                .service
                .open_conversation(&self.visitor, &open)
                .unwrap();
            let mut before = opened.messages.first().map(|it| it.position);
            told.push(VisitorFrame::ConversationOpened(opened).encode());
            while let Some(place) = before {
                let fetch = FetchMessages {
                    reference: limit,
                    conversation: id.clone(),
                    before: place,
                    limit,
                };
                let page = house.service.fetch_messages(&self.visitor, &fetch).unwrap();
                before = page.messages.first().map(|it| it.position);
                told.push(VisitorFrame::MessagesFetched(page).encode());
            }
        }
        let pass = VerifiedVisitor {
            contact: as_visitor(&self.visitor).contact.clone(),
            channel: as_visitor(&self.visitor).channel.clone(),
        };
        let connected = house.service.connect_visitor(
            Some(pass),
            &Arrival::default(),
            &connect("demo-support"),
        );
        let ready = connected.unwrap().ready("token".to_owned());
        told.push(VisitorFrame::Ready(ready).encode());
        for seq in 0..12 {
            let from = FeedCursor {
                feed: Feed::Visitor(id.clone()),
                epoch: self.epoch(),
                seq: Seq(seq),
            };
            let resumed = house.service.resume_feed(&self.visitor, &from);
            told.push(format!("{resumed:?}"));
        }
        told
    }

    fn epoch(&self) -> protocol::ids::Epoch {
        self.house.open(&self.visitor, &self.id).cursor.epoch
    }

    /// The same with names and places as numbers, in the order they come up.
    fn shape(&self) -> Vec<String> {
        let mut known = Vec::new();
        let told = self.told();
        let masked = told.iter().map(|text| {
            let is_part = |sign: char| sign.is_ascii_alphanumeric();
            let mut out = String::new();
            for word in text.split_inclusive(|sign| !is_part(sign)) {
                let bare = word.trim_end_matches(|sign| !is_part(sign));
                if bare.len() >= 16 {
                    let at = known.iter().position(|it| *it == bare);
                    let at = at.unwrap_or_else(|| {
                        known.push(bare.to_owned());
                        known.len() - 1
                    });
                    out.push_str(&format!("#{at}"));
                    out.push_str(&word[bare.len()..]);
                } else {
                    out.push_str(word);
                }
            }
            out
        });
        masked.collect()
    }
}

#[test]
fn conversation_with_notes_looks_to_its_visitor_like_one_without() {
    let with = Story::tell(true);
    let told = with.told().join("\n");
    let notes = with.house.notes("ben", &with.id);
    assert_eq!(notes.len(), 10);
    assert!(!told.contains("SECRET") && !told.contains("note_posted"));
    assert!(!told.contains("team"));
    let of_team = notes.iter().filter(|note| !note.teams.is_empty());
    assert_eq!(of_team.count(), 5);
    let with_files = notes.iter().filter(|note| !note.attachments.is_empty());
    assert_eq!(with_files.count(), 5);
    for note in &notes {
        assert!(!told.contains(note.id.as_str()));
        assert!(!told.contains(&note.position.0.to_string()));
        // What was deleted has none any more.
        let Some(file) = note.attachments.first().map(|file| &file.id) else {
            continue;
        };
        assert!(!told.contains(file.as_str()));
        let query = LinkAttachments {
            reference: 1,
            attachments: vec![file.clone()],
        };
        let links = with.house.service.link_attachments(&with.visitor, &query);
        assert_eq!(links.unwrap(), []);
    }
    assert_eq!(with.shape(), Story::tell(false).shape());
}
