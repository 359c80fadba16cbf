//! Whatever happens to uploads, every message with its file arrives, once.

use std::collections::{BTreeMap, BTreeSet};

use client_core::view::FileState;
use client_core::{Effect, Event, Intent, LocalFile, Outgoing, Timer};
use proptest::prelude::*;
use protocol::attachment::{Attachment, AttachmentKind};
use protocol::error::ErrorCode;
use protocol::ids::{AttachmentId, ClientId};
use protocol::visitor::{PostMessage, VisitorCommand};

use crate::client::{Client, Outcome, done, ready};

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Send,
    Finish,
    Fail,
    Lose,
    Reload,
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Send),
        4 => Just(Step::Finish),
        2 => Just(Step::Fail),
        1 => Just(Step::Lose),
        1 => Just(Step::Reload),
        1 => Just(Step::Wait),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A client, its storage, and a server that remembers.
struct World {
    client: Client,
    stored: BTreeMap<String, String>,
    /// Asked for and not answered, with whether the browser has the file.
    running: Vec<(ClientId, String, bool)>,
    /// Files whose bytes the server has, by upload.
    files: BTreeSet<ClientId>,
    posts: Vec<PostMessage>,
    sent: u32,
}

impl World {
    fn new() -> Self {
        let client = Client::talking(Vec::new());
        Self {
            client,
            stored: BTreeMap::new(),
            running: Vec::new(),
            files: BTreeSet::new(),
            posts: Vec::new(),
            sent: 0,
        }
    }

    fn take(&mut self, outcome: Outcome) {
        for effect in outcome.0 {
            match effect {
                Effect::Save { key, value } => {
                    self.stored.insert(key, value);
                }
                Effect::Forget { key } => {
                    self.stored.remove(&key);
                }
                Effect::Upload { request, file, .. } => {
                    assert!(!self.running.iter().any(|(id, ..)| *id == request.client_id));
                    let request = *request;
                    let running = (request.client_id, request.name, file.is_some());
                    self.running.push(running);
                }
                Effect::AbortUpload { upload } => {
                    self.running.retain(|(id, ..)| *id != upload);
                }
                Effect::Send(frame) => {
                    if let Outgoing::Visitor(VisitorCommand::PostMessage(post)) = *frame {
                        self.post(post);
                    }
                }
                _ => {}
            }
        }
    }

    fn post(&mut self, post: PostMessage) {
        let known = self
            .posts
            .iter()
            .find(|known| known.client_id == post.client_id);
        match known {
            Some(known) => assert_eq!(known, &post, "sent again as it was"),
            None => self.posts.push(post.clone()),
        }
        let position = self.posts.len() as u64;
        let outcome = self.client.frame(done(&post.client_id, position));
        self.take(outcome);
    }

    fn step(&mut self, step: Step) {
        let outcome = match step {
            Step::Send => {
                self.sent += 1;
                let name = self.sent.to_string();
                let file = LocalFile {
                    id: name.clone(),
                    name: name.clone(),
                    size: 10,
                    media_type: String::new(),
                    voice: None,
                };
                let attached = self.client.intend(Intent::AttachFiles(vec![file]));
                self.take(attached);
                self.client.say(&name)
            }
            Step::Finish | Step::Fail if self.running.is_empty() => return,
            Step::Finish => {
                let (upload, name, has_file) = self.running.remove(0);
                if !has_file && !self.files.contains(&upload) {
                    self.client.bring(Event::UploadWantsFile { upload })
                } else {
                    self.files.insert(upload.clone());
                    let attachment = Box::new(attachment(&upload, &name));
                    self.client
                        .bring(Event::UploadFinished { upload, attachment })
                }
            }
            Step::Fail => {
                let (upload, ..) = self.running.remove(0);
                // Perhaps only the answer was lost.
                if upload.as_str() < "8" {
                    self.files.insert(upload.clone());
                }
                self.client.bring(Event::UploadFailed {
                    upload,
                    code: ErrorCode::UploadIncomplete,
                    retry_after_ms: None,
                })
            }
            Step::Lose => {
                let lost = self.client.lose();
                self.take(lost);
                self.client.fire(Timer::Reconnect);
                self.client.connect(ready(Some("c1")))
            }
            Step::Reload => {
                self.running.clear();
                let saved: Vec<_> = self.stored.clone().into_iter().collect();
                self.client = Client::visitor_with(&saved);
                self.client.entropy_from(u128::from(self.sent + 1) << 64);
                let connects = self.client.intend(Intent::Connect);
                self.take(connects);
                self.client.connect(ready(Some("c1")))
            }
            Step::Wait => {
                self.client.wait(60_000);
                self.client.fire(Timer::Outbox)
            }
        };
        self.take(outcome);
    }

    /// The person chooses again whatever is asked for.
    fn choose_again(&mut self) {
        for (_, row) in self.client.messages() {
            for file in row.attachments {
                if matches!(file.state, FileState::Missing { .. }) {
                    let chosen = LocalFile {
                        id: "again".to_owned(),
                        name: file.name,
                        size: file.size,
                        media_type: String::new(),
                        voice: None,
                    };
                    let (upload, file) = (file.key, chosen);
                    let outcome = self.client.intend(Intent::ChooseAgain { upload, file });
                    self.take(outcome);
                }
            }
        }
    }
}

fn attachment(upload: &ClientId, name: &str) -> Attachment {
    Attachment {
        id: AttachmentId::parse(upload.as_str()).unwrap(),
        name: name.to_owned(),
        kind: AttachmentKind::File,
        media_type: "application/octet-stream".to_owned(),
        size: 10,
        width: None,
        height: None,
        voice: None,
    }
}

proptest! {
    #[test]
    fn every_file_arrives_once_with_its_words(steps in steps()) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
        }
        for _ in 0..world.sent * 4 + 8 {
            world.choose_again();
            world.step(Step::Finish);
            world.step(Step::Wait);
        }
        let mut texts: Vec<u32> = Vec::new();
        for post in &world.posts {
            texts.push(post.text.parse().unwrap());
            prop_assert_eq!(post.attachments.len(), 1);
        }
        texts.sort_unstable();
        prop_assert_eq!(texts, (1..=world.sent).collect::<Vec<_>>());
        prop_assert!(world.stored.keys().all(|key| !key.starts_with("outbox/")));
    }
}
