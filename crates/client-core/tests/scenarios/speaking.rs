//! Voice notes on their way: as files are, but recorded and never to be chosen again.

use client_core::view::{DeliveryState, FileState};
use client_core::{Event, Intent, LocalFile, Place};
use protocol::attachment::{AttachmentKind, VoiceNote};
use protocol::limits::VOICE_MS;
use protocol::version::Capability;

use crate::attaching::{file, stored, upload, uploads};
use crate::client::{Client, Outcome, done, ready};

fn recording() -> LocalFile {
    LocalFile {
        voice: Some(VoiceNote {
            duration_ms: 4_200,
            waveform: "0379".to_owned(),
        }),
        media_type: "audio/webm;codecs=opus".to_owned(),
        ..file("1", "voice.webm", 900)
    }
}

impl Client {
    fn speak(&mut self) -> Outcome {
        let recorded = Box::new((Place::default(), recording()));
        self.intend(Intent::SendVoice(recorded))
    }
}

#[test]
fn a_recording_is_a_message_of_its_own_and_leaves_the_draft_alone() {
    let mut client = Client::talking(Vec::new());
    assert_eq!(client.core.composer().recordable_ms, Some(VOICE_MS));
    client.attach(&[file("2", "a.png", 10)]);
    client.edit("half a sentence");
    let sent = client.speak();
    let asked = upload(&sent);
    assert_eq!(asked.voice, recording().voice);
    assert_eq!(asked.media_type, "audio/webm;codecs=opus");
    assert_eq!(client.core.composer().draft, "half a sentence");
    assert_eq!(client.chips(), ["a.png"]);
    let (_, row) = client.messages().remove(0);
    assert_eq!(row.attachments[0].kind, AttachmentKind::Voice);
    let post = client.finish(&asked, "f1").post();
    assert_eq!((post.text.as_str(), post.attachments.len()), ("", 1));
    client.frame(done(&post.client_id, 5));
    assert_eq!(client.states(), [Some(DeliveryState::Sent)]);
}

#[test]
fn where_voice_notes_are_not_offered_none_can_be_recorded() {
    for gone in [Capability::Voice, Capability::Files] {
        let mut client = Client::visitor();
        client.intend(Intent::Connect);
        let mut without = ready(Some("c1"));
        without.server.capabilities.retain(|it| *it != gone);
        client.connect(without);
        assert_eq!(client.core.composer().recordable_ms, None);
    }
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut shorter = ready(Some("c1"));
    shorter.server.limits.voice_ms = Some(60_000);
    client.connect(shorter);
    assert_eq!(client.core.composer().recordable_ms, Some(60_000));
}

#[test]
fn a_recording_made_without_a_network_goes_once_when_there_is_one() {
    let mut client = Client::talking(Vec::new());
    client.lose();
    let spoken = client.speak();
    assert!(uploads(&spoken).is_empty());
    assert_eq!(client.states(), [Some(DeliveryState::Queued)]);
    client.fire(client_core::Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    let asked = upload(&online);
    client.finish(&asked, "f1").post();
}

#[test]
fn after_a_reload_a_recording_that_had_not_arrived_is_lost_and_one_that_had_is_sent() {
    let mut client = Client::talking(Vec::new());
    let sent = client.speak();
    let asked = upload(&sent);
    let saved = stored(&[&sent]);
    let (mut later, online) = Client::reopened(&saved);
    // Only asked after: perhaps the server has it.
    let (again, bytes) = uploads(&online).remove(0);
    assert_eq!(
        (&again, bytes),
        (&asked, None),
        "with all that was known of it"
    );
    later.bring(Event::UploadWantsFile {
        upload: again.client_id.clone(),
    });
    let (key, row) = later.messages().remove(0);
    assert_eq!(row.attachments[0].voice, recording().voice);
    assert!(matches!(
        later.file_states()[..],
        [FileState::Missing { .. }]
    ));
    assert!(row.can_cancel);
    later.intend(Intent::DiscardMessage { key });
    assert!(later.messages().is_empty());

    let (mut later, _) = Client::reopened(&saved);
    later.finish(&asked, "f1").post();
}
