//! A demo house in memory: its ports are fakes that the tests can look into and turn.

use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use protocol::agent::{
    self, AgentFrame, ConversationsListed, EndSession, JoinConversation, LeaveConversation,
    ListConversations, Note, PostNote, SessionStanding, SetLiveStatus, TakeConversation,
};
use protocol::conversation::{ConversationSummary, LiveStatus, VisitorConversation};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::{ConnectVisitor, Done, Posted};
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, SiteKey, TeamId,
};
use protocol::message::Format;
use protocol::seq::{Position, Seq};
use protocol::time::Timestamp;
use protocol::visitor::{
    ConversationOpened, MarkDelivered, MarkRead, OpenConversation, PostMessage, VisitorFrame,
};

use crate::domain::{
    AgentProfile, AgentRecord, AgentRole, ChannelRecord, ChannelSettings, ConversationRecord,
    PlaceNotice, Principal, TokenDigest, TypingNotice, Visitor,
};
use crate::error::Error;
use crate::memory::MemoryStorage;
use crate::ports::storage::{Storage, read, write};
use crate::ports::{Clock, Credentials, Entropy, Publisher, ScriptFile, SiteRules, Sites};
use crate::service::{Arrival, Entries, Ports, Service, VisitorConnected};
use crate::settings::Settings;

/// When every test begins: 2026-11-22T12:00:00Z.
const NOON: i64 = 1_795_348_800_000;

pub(super) struct FakeClock(AtomicI64);

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Different bits each time, the same in every run.
pub(super) struct FakeEntropy(AtomicU64);

impl Entropy for FakeEntropy {
    fn draw(&self) -> u128 {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        // SplitMix64, twice.
        let mix = |seed: u64| {
            let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^ (bits >> 31)
        };
        u128::from(mix(number * 2 + 1)) << 64 | u128::from(mix(number * 2 + 2))
    }
}

/// Transparent images, and a count of how often a password was checked.
#[derive(Default)]
pub(super) struct FakeCredentials {
    pub(super) checks: AtomicU32,
}

impl Credentials for FakeCredentials {
    fn hash_password(&self, password: &str) -> String {
        format!("image of {password}")
    }

    fn verify_password(&self, password: &str, hash: &str) -> bool {
        self.checks.fetch_add(1, Ordering::SeqCst);
        hash == self.hash_password(password)
    }

    fn digest_token(&self, token: &str) -> TokenDigest {
        TokenDigest(format!("image of {token}"))
    }
}

/// What is written down for Support; nothing is for Sales.
#[derive(Default)]
pub(super) struct FakeSites {
    script: Mutex<Option<Arc<ScriptFile>>>,
    rules: Mutex<Arc<SiteRules>>,
}

impl FakeSites {
    /// Writes down a script.
    pub(super) fn set_script(&self, source: &str) {
        let script = crate::script::check(source.as_bytes());
        let script = script.unwrap_or_else(|problems| panic!("{problems:#?}"));
        let source = source.to_owned();
        *self.script.lock().unwrap() = Some(Arc::new(ScriptFile { script, source }));
    }

    /// Writes down everything else.
    pub(super) fn set_rules(&self, rules: SiteRules) {
        *self.rules.lock().unwrap() = Arc::new(rules);
    }
}

impl Sites for FakeSites {
    fn script(&self, site: &SiteKey) -> Option<Arc<ScriptFile>> {
        let is_support = site.as_str() == "demo-support";
        self.script.lock().unwrap().clone().filter(|_| is_support)
    }

    fn rules(&self, site: &SiteKey) -> Arc<SiteRules> {
        if site.as_str() == "demo-support" {
            self.rules.lock().unwrap().clone()
        } else {
            Arc::default()
        }
    }
}

/// Notes down what it was told.
#[derive(Default)]
pub(super) struct Recorder {
    pub(super) advanced: Mutex<Vec<Feed>>,
    pub(super) started: Mutex<Vec<(ContactId, VisitorConversation)>>,
    pub(super) signed_out: Mutex<Vec<TokenDigest>>,
    pub(super) typing: Mutex<Vec<TypingNotice>>,
    pub(super) places: Mutex<Vec<PlaceNotice>>,
}

impl Publisher for Recorder {
    fn advanced(&self, feed: &Feed) {
        self.advanced.lock().unwrap().push(feed.clone());
    }

    fn conversation_started(&self, contact: &ContactId, conversation: &VisitorConversation) {
        let pair = (contact.clone(), conversation.clone());
        self.started.lock().unwrap().push(pair);
    }

    fn signed_out(&self, sign_in: &TokenDigest) {
        self.signed_out.lock().unwrap().push(sign_in.clone());
    }

    fn typing(&self, notice: &TypingNotice) {
        self.typing.lock().unwrap().push(notice.clone());
    }

    fn place_changed(&self, notice: &PlaceNotice) {
        self.places.lock().unwrap().push(notice.clone());
    }
}

pub(super) struct House {
    pub(super) service: Service,
    pub(super) storage: Arc<dyn Storage>,
    pub(super) news: Arc<Recorder>,
    pub(super) credentials: Arc<FakeCredentials>,
    pub(super) sites: Arc<FakeSites>,
    clock: Arc<FakeClock>,
    commands: AtomicU64,
}

impl House {
    /// Channels Support and Sales; Ana, Ben and Sol answer in both.
    pub(super) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(super) fn with(settings: Settings) -> Self {
        Self::on(Arc::new(MemoryStorage::new()), settings)
    }

    pub(super) fn on(storage: Arc<dyn Storage>, settings: Settings) -> Self {
        let house = Self::empty(storage, settings);
        house.service.seed_demo().unwrap();
        house
    }

    pub(super) fn empty(storage: Arc<dyn Storage>, settings: Settings) -> Self {
        let clock = Arc::new(FakeClock(AtomicI64::new(NOON)));
        let news = Arc::new(Recorder::default());
        let credentials = Arc::new(FakeCredentials::default());
        let sites = Arc::new(FakeSites::default());
        let ports = Ports {
            storage: storage.clone(),
            clock: clock.clone(),
            publisher: news.clone(),
            entropy: Arc::new(FakeEntropy(AtomicU64::new(0))),
            credentials: credentials.clone(),
            sites: sites.clone(),
        };
        Self {
            service: Service::start(ports, settings).unwrap(),
            storage,
            news,
            credentials,
            sites,
            clock,
            commands: AtomicU64::new(0),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn wait(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// A client id that was not used yet.
    pub(super) fn fresh(&self) -> ClientId {
        ClientId::from_bits(self.commands.fetch_add(1, Ordering::SeqCst).into())
    }

    pub(super) fn connect(&self, site: &str) -> Result<VisitorConnected, Error> {
        self.service
            .connect_visitor(None, &Arrival::default(), &connect(site))
    }

    /// Somebody new in Support's widget.
    pub(super) fn visitor(&self) -> Principal {
        Principal::Visitor(self.connect("demo-support").unwrap().visitor)
    }

    pub(super) fn post(&self, who: &Principal, text: &str) -> Result<Done, Error> {
        let command = post(self.fresh(), None, text);
        self.service.post_message(who, &command)
    }

    pub(super) fn post_to(
        &self,
        who: &Principal,
        conversation: &ConversationId,
        text: &str,
    ) -> Result<Done, Error> {
        let command = post(self.fresh(), Some(conversation), text);
        self.service.post_message(who, &command)
    }

    /// Leaves a private note.
    pub(super) fn note(
        &self,
        name: &str,
        conversation: &ConversationId,
        text: &str,
    ) -> Result<Done, Error> {
        self.note_to(name, conversation, text, &[])
    }

    /// Leaves a private note that mentions agents.
    pub(super) fn note_to(
        &self,
        name: &str,
        conversation: &ConversationId,
        text: &str,
        mentions: &[&str],
    ) -> Result<Done, Error> {
        self.note_with(name, conversation, text, mentions, &[])
    }

    /// Leaves a private note that mentions teams, too.
    pub(super) fn note_to_teams(
        &self,
        name: &str,
        conversation: &ConversationId,
        mentions: &[&str],
        teams: &[&str],
    ) -> Result<Done, Error> {
        let order = PostNote {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            text: "secret".to_owned(),
            mentions: mentions.iter().map(|name| agent_id(name)).collect(),
            teams: teams.iter().map(|name| team_id(name)).collect(),
            reply_to: None,
            attachments: Vec::new(),
        };
        self.service.post_note(&agent_id(name), &order)
    }

    /// Leaves a private note with files.
    pub(super) fn note_with(
        &self,
        name: &str,
        conversation: &ConversationId,
        text: &str,
        mentions: &[&str],
        files: &[&AttachmentId],
    ) -> Result<Done, Error> {
        let order = PostNote {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            text: text.to_owned(),
            mentions: mentions.iter().map(|name| agent_id(name)).collect(),
            teams: Vec::new(),
            reply_to: None,
            attachments: files.iter().copied().cloned().collect(),
        };
        self.service.post_note(&agent_id(name), &order)
    }

    /// The notes an agent sees.
    pub(super) fn notes(&self, name: &str, conversation: &ConversationId) -> Vec<Note> {
        self.opened_by(name, conversation).notes.unwrap()
    }

    /// Where the latest session stands for an agent.
    pub(super) fn standing(&self, name: &str, conversation: &ConversationId) -> SessionStanding {
        self.opened_by(name, conversation).standing.unwrap()
    }

    /// An agent's copy of a conversation.
    pub(super) fn opened_by(
        &self,
        name: &str,
        conversation: &ConversationId,
    ) -> agent::ConversationOpened {
        let query = OpenConversation {
            reference: 1,
            conversation: conversation.clone(),
            limit: 200,
        };
        let opened = self
            .service
            .open_conversation_for_agent(&agent_id(name), &query);
        opened.unwrap()
    }

    /// A visitor who has written one message, and the conversation it began.
    pub(super) fn conversation(&self) -> (Principal, ConversationId) {
        let visitor = self.visitor();
        let done = self.post(&visitor, "Hello?").unwrap();
        (visitor, done.posted.unwrap().conversation)
    }

    pub(super) fn take(&self, name: &str, conversation: &ConversationId) -> Result<Done, Error> {
        let order = TakeConversation {
            client_id: self.fresh(),
            conversation: conversation.clone(),
        };
        self.service.take_conversation(&agent_id(name), &order)
    }

    pub(super) fn join(&self, name: &str, conversation: &ConversationId) -> Result<Done, Error> {
        let order = JoinConversation {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            helping: None,
        };
        self.service.join_conversation(&agent_id(name), &order)
    }

    /// Joins only while help is wanted.
    pub(super) fn help(&self, name: &str, conversation: &ConversationId) -> Result<Done, Error> {
        let order = JoinConversation {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            helping: Some(true),
        };
        self.service.join_conversation(&agent_id(name), &order)
    }

    /// Says where the session stands.
    pub(super) fn status(
        &self,
        name: &str,
        conversation: &ConversationId,
        status: LiveStatus,
    ) -> Result<Done, Error> {
        let order = SetLiveStatus {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            status,
        };
        self.service.set_live_status(&agent_id(name), &order)
    }

    /// Ends the session.
    pub(super) fn end(&self, name: &str, conversation: &ConversationId) -> Result<Done, Error> {
        let order = EndSession {
            client_id: self.fresh(),
            conversation: conversation.clone(),
        };
        self.service.end_session(&agent_id(name), &order)
    }

    /// An agent who answers in a channel of their own, Elsewhere.
    pub(super) fn outsider(&self, name: &str) -> AgentId {
        let channel = ChannelRecord {
            id: ChannelId::parse("elsewhere").unwrap(),
            site: SiteKey::parse("elsewhere").unwrap(),
            name: "Elsewhere".to_owned(),
            allowed_origins: Vec::new(),
            settings: ChannelSettings::default(),
        };
        let agent = AgentRecord {
            id: agent_id(name),
            email: format!("{name}@example.com"),
            name: name.to_owned(),
            password_hash: String::new(),
            role: AgentRole::Agent,
            profile: AgentProfile {
                expertise: vec!["Refunds".to_owned()],
                ..AgentProfile::default()
            },
            created_at: self.now(),
        };
        write::<_, Error>(&*self.storage, |tx| {
            tx.put_channel(&channel)?;
            tx.put_agent(&agent)?;
            tx.put_channel_agent(&channel.id, &agent.id)?;
            Ok(())
        })
        .unwrap();
        agent.id
    }

    pub(super) fn leave(&self, name: &str, conversation: &ConversationId) -> Result<Done, Error> {
        let order = LeaveConversation {
            client_id: self.fresh(),
            conversation: conversation.clone(),
        };
        self.service.leave_conversation(&agent_id(name), &order)
    }

    pub(super) fn mark_read(
        &self,
        who: &Principal,
        conversation: &ConversationId,
        up_to: Position,
    ) -> Result<Done, Error> {
        let mark = MarkRead {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            up_to,
        };
        self.service.mark_read(who, &mark)
    }

    pub(super) fn mark_delivered(
        &self,
        who: &Principal,
        conversation: &ConversationId,
        up_to: Position,
    ) -> Result<Done, Error> {
        let mark = MarkDelivered {
            client_id: self.fresh(),
            conversation: conversation.clone(),
            up_to,
        };
        self.service.mark_delivered(who, &mark)
    }

    pub(super) fn open(
        &self,
        who: &Principal,
        conversation: &ConversationId,
    ) -> ConversationOpened {
        let query = OpenConversation {
            reference: 1,
            conversation: conversation.clone(),
            limit: 200,
        };
        self.service.open_conversation(who, &query).unwrap()
    }

    /// What a reader sees of the messages: system lines by name, others by text.
    pub(super) fn lines(&self, who: &Principal, conversation: &ConversationId) -> Vec<String> {
        let opened = self.open(who, conversation);
        let lines = opened
            .messages
            .into_iter()
            .map(|message| match message.event {
                None => message.text,
                Some(event) => {
                    let agent = event.agent.map_or(String::new(), |agent| agent.name);
                    format!("*{} {agent}", event.kind.as_str())
                        .trim_end()
                        .to_owned()
                }
            });
        lines.collect()
    }

    pub(super) fn list(&self, name: &str) -> ConversationsListed {
        let query = ListConversations {
            reference: 1,
            after: None,
            limit: 200,
        };
        self.service
            .list_conversations(&agent_id(name), &query)
            .unwrap()
    }

    pub(super) fn row(&self, name: &str, conversation: &ConversationId) -> ConversationSummary {
        let listed = self.list(name);
        let rows = listed.rows.into_iter();
        let mut own = rows
            .chain(listed.beside.unwrap_or_default())
            .filter(|row| row.id == *conversation);
        own.next().unwrap()
    }

    pub(super) fn visitor_frames(
        &self,
        who: &Principal,
        conversation: &ConversationId,
    ) -> Vec<VisitorFrame> {
        let Principal::Visitor(visitor) = who else {
            panic!("not a visitor");
        };
        let feed = Feed::Visitor(conversation.clone());
        let read = self
            .service
            .read_visitor_entries(visitor, &feed, Seq(0), 10_000);
        frames(read.unwrap())
    }

    pub(super) fn agent_frames(&self, name: &str, feed: &Feed) -> Vec<AgentFrame> {
        let read = self
            .service
            .read_agent_entries(&agent_id(name), feed, Seq(0), 10_000);
        frames(read.unwrap())
    }

    pub(super) fn record(&self, conversation: &ConversationId) -> ConversationRecord {
        self.look(|reading| reading.conversation(conversation))
            .unwrap()
    }

    pub(super) fn look<T>(
        &self,
        work: impl FnOnce(&dyn crate::ports::Reading) -> crate::ports::storage::Stored<T>,
    ) -> T {
        read(&*self.storage, work).unwrap()
    }

    /// Changes a conversation's record behind the service's back.
    pub(super) fn turn(
        &self,
        conversation: &ConversationId,
        turn: impl FnOnce(&mut ConversationRecord),
    ) {
        let mut record = self.record(conversation);
        turn(&mut record);
        crate::ports::storage::write(&*self.storage, |tx| tx.put_conversation(&record)).unwrap();
    }

    /// Whom the last calls woke, by name; forgets them.
    pub(super) fn woken(&self) -> Vec<String> {
        let mut advanced = self.news.advanced.lock().unwrap();
        let names = advanced.drain(..).map(|feed| feed.to_string());
        names.collect()
    }
}

pub(super) fn connect(site: &str) -> ConnectVisitor {
    ConnectVisitor {
        protocol: 1,
        site: SiteKey::parse(site).unwrap(),
        token: None,
        languages: vec!["es-MX".to_owned(), "en".to_owned()],
        language: "es".to_owned(),
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    }
}

pub(super) fn post(
    client_id: ClientId,
    conversation: Option<&ConversationId>,
    text: &str,
) -> PostMessage {
    PostMessage {
        client_id,
        conversation: conversation.cloned(),
        text: text.to_owned(),
        format: Format::Plain,
        greeting: None,
        pressed: None,
        form: None,
        attachments: Vec::new(),
        reply_to: None,
    }
}

pub(super) fn agent_id(name: &str) -> AgentId {
    AgentId::parse(name).unwrap()
}

pub(super) fn team_id(name: &str) -> TeamId {
    TeamId::parse(name).unwrap()
}

pub(super) fn agent(name: &str) -> Principal {
    Principal::Agent(agent_id(name))
}

pub(super) fn as_visitor(who: &Principal) -> &Visitor {
    match who {
        Principal::Visitor(visitor) => visitor,
        Principal::Agent(_) => panic!("not a visitor"),
    }
}

pub(super) fn frames<F>(entries: Entries<F>) -> Vec<F> {
    match entries {
        Entries::Read { frames, .. } => frames,
        Entries::Gone(gone) => panic!("the entries are gone: {:?}", gone.reason),
    }
}

pub(super) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorCode {
    result.unwrap_err().code()
}

pub(super) fn posted(result: Result<Done, Error>) -> Posted {
    result.unwrap().posted.unwrap()
}
