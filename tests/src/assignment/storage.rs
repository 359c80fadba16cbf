//! How long it takes until work is held out, on SQLite, with 1,000 agents and 5,000 waiting
//! sessions: everything from what happened to the committed offer, the disk included.
//!
//! The time of the board alone stands in [`super::bench`]. What counts here is time on the
//! processor, too, of the whole process, because the database writes on a thread of its own. What
//! passed meanwhile depends on the disk and on other programs; it is told beside what the disk
//! takes by itself.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use protocol::agent::{AcceptOffer, DeclineOffer, DeclineReason, LeaveConversation};
use protocol::conversation::Country;
use protocol::hello::ConnectVisitor;
use protocol::ids::{AgentId, ChannelId, ClientId, SiteKey};
use protocol::message::Format;
use protocol::time::Timestamp;
use protocol::version::PROTOCOL;
use protocol::visitor::PostMessage;
use rustix::time::ClockId;
use server::clock::ServerClock;
use server::config::Config;
use server::hub::Hub;
use server::storage::sqlite::{SqliteOptions, SqliteStorage};
use server_core::domain::{
    AgentProfile, AgentRecord, AgentRole, ChannelRecord, ChannelSettings, OfferRecord, Principal,
};
use server_core::error::StorageError;
use server_core::ports::NoSites;
use server_core::ports::storage::{Stored, read, write};
use server_core::service::{Arrival, Service};

use super::bench::on_processor;
use crate::load::disk;

const AGENTS: usize = 1_000;
const SESSIONS: usize = 5_000;
const CHANNELS: usize = 10;
const ROUNDS: usize = 100;
/// Visitors who come at the same time: their commits share the disk.
const DOORS: usize = 8;
/// What one assignment may take, says the issue.
const LIMIT: Duration = Duration::from_millis(10);
/// Nobody lets an offer lapse here, however slow the machine is.
const HELD_OUT_MS: i64 = 3_600_000;

/// A server's use cases on a database of their own, without a network.
struct House {
    service: Service,
    storage: Arc<SqliteStorage>,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        // It lies among temporary files; what is left is taken away with them.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn id<T>(parse: impl Fn(&str) -> Option<T>, text: &str) -> Stored<T> {
    parse(text).ok_or_else(|| StorageError::Other(format!("{text} is no id")))
}

fn client_id() -> ClientId {
    ClientId::from_bits(rand::random())
}

fn agent_id(at: usize) -> Stored<AgentId> {
    id(AgentId::parse, &format!("agent_{at:04}"))
}

fn channel_name(at: usize) -> String {
    format!("channel_{}", at % CHANNELS)
}

fn agent(at: usize, capacity: u32) -> Stored<AgentRecord> {
    Ok(AgentRecord {
        id: agent_id(at)?,
        email: format!("agent_{at:04}@example.com"),
        name: format!("Agent {at}"),
        // Nobody signs in.
        password_hash: String::new(),
        role: AgentRole::Agent,
        profile: AgentProfile {
            capacity,
            expertise: vec![format!("skill_{}", at % 12)],
            languages: vec![
                "en".to_owned(),
                ["es", "zh-CN", "ar", "fr"][at % 4].to_owned(),
            ],
            country: Some(["ES", "CN", "EG", "FR"][at % 4].to_owned()),
        },
        created_at: Timestamp(0),
    })
}

impl House {
    /// All agents are there and have nothing to do.
    fn open(name: &str, capacity: u32) -> Result<Self> {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("parlour-{name}-{process}"));
        std::fs::create_dir_all(&folder)?;
        let database = folder.join("parlour.db");
        let storage = SqliteStorage::open(&database, &SqliteOptions::default())
            .map_err(|fault| anyhow!("{}: {fault:?}", database.display()))?;
        let storage = Arc::new(storage);
        write(&*storage, |tx| {
            for at in 0..CHANNELS {
                tx.put_channel(&ChannelRecord {
                    id: id(ChannelId::parse, &channel_name(at))?,
                    site: id(SiteKey::parse, &channel_name(at))?,
                    name: channel_name(at),
                    allowed_origins: Vec::new(),
                    settings: ChannelSettings::default(),
                })?;
            }
            for at in 0..AGENTS {
                tx.put_agent(&agent(at, capacity)?)?;
                for channel in [at, at / 7, at / 31] {
                    let channel = id(ChannelId::parse, &channel_name(channel))?;
                    tx.put_channel_agent(&channel, &agent_id(at)?)?;
                }
            }
            Ok::<(), StorageError>(())
        })?;
        let mut config = Config::default();
        config.offers.settings.held_out_ms = HELD_OUT_MS;
        let (hub, clock) = (Arc::<Hub>::default(), Arc::<ServerClock>::default());
        let sites = Arc::new(NoSites);
        let service = server::start::service(&config, storage.clone(), sites, &hub, &clock)?;
        for at in 0..AGENTS {
            service.agent_arrived(&agent_id(at)?);
        }
        Ok(Self {
            service,
            storage,
            folder,
        })
    }

    /// A visitor comes and writes; from then on they wait.
    fn visit(&self, at: usize) -> Result<()> {
        let arrival = Arrival {
            origin: None,
            country: Some(Country {
                code: ["ES", "CN", "EG", "FR"][at % 4].to_owned(),
                guessed: false,
            }),
        };
        let language = ["es", "zh-SG", "ar", "fr"][at % 4].to_owned();
        let hello = ConnectVisitor {
            protocol: PROTOCOL,
            site: id(SiteKey::parse, &channel_name(at))?,
            token: None,
            languages: vec![language.clone()],
            language,
            feeds: Vec::new(),
            page: None,
            time_zone: None,
            reduced_motion: None,
        };
        let connected = self.service.connect_visitor(None, &arrival, &hello)?;
        let post = PostMessage {
            client_id: client_id(),
            conversation: None,
            text: "Is anybody there?".to_owned(),
            format: Format::Plain,
            greeting: None,
            pressed: None,
            form: None,
            attachments: Vec::new(),
            reply_to: None,
        };
        let visitor = Principal::Visitor(connected.visitor);
        self.service.post_message(&visitor, &post)?;
        Ok(())
    }

    /// So many visitors come through all doors.
    fn crowd(&self, visitors: usize) -> Result<()> {
        thread::scope(|scope| {
            let doors = [0, 1, 2, 3, 4, 5, 6, 7].map(|door| {
                scope.spawn(move || {
                    (door..visitors)
                        .step_by(DOORS)
                        .try_for_each(|at| self.visit(at))
                })
            });
            doors.into_iter().try_for_each(|door| {
                door.join()
                    .unwrap_or_else(|_| Err(anyhow!("a visitor fell over")))
            })
        })
    }

    /// The one offer an agent has.
    fn offer(&self, agent: &AgentId) -> Result<OfferRecord> {
        let offers: Vec<OfferRecord> = read(&*self.storage, |reading| {
            reading.open_offers(agent).map_err(anyhow::Error::from)
        })?;
        let only = (offers.len() == 1).then(|| offers.into_iter().next());
        only.flatten()
            .with_context(|| format!("{agent} should have one offer"))
    }

    fn distribute(&self) -> Result<Taken> {
        let at_work = || on_processor(ClockId::ProcessCPUTime);
        let (begun, before) = (Instant::now(), at_work());
        self.service.distribute()?;
        Ok(Taken {
            processor: at_work().saturating_sub(before),
            passed: begun.elapsed(),
        })
    }

    fn decline(&self, at: usize) -> Result<Taken> {
        let agent = agent_id(at)?;
        let offer = self.offer(&agent)?.id;
        let order = DeclineOffer {
            client_id: client_id(),
            offer: offer.clone(),
            reason: DeclineReason::Other,
        };
        self.service.decline_offer(&agent, &order)?;
        let taken = self.distribute()?;
        ensure!(self.offer(&agent)?.id != offer, "{agent} has the same");
        Ok(taken)
    }

    fn leave(&self, at: usize) -> Result<Taken> {
        let agent = agent_id(at)?;
        let offer = self.offer(&agent)?;
        let (client_id, order) = (client_id(), offer.id);
        let order = AcceptOffer {
            client_id,
            offer: order,
        };
        self.service.accept_offer(&agent, &order)?;
        self.distribute()?;
        let order = LeaveConversation {
            client_id: self::client_id(),
            conversation: offer.conversation,
        };
        self.service.leave_conversation(&agent, &order)?;
        let taken = self.distribute()?;
        self.offer(&agent)?;
        Ok(taken)
    }
}

/// What one call took.
#[derive(Clone, Copy)]
struct Taken {
    processor: Duration,
    passed: Duration,
}

/// What one case took, each sorted.
struct Times {
    name: &'static str,
    processor: Vec<Duration>,
    passed: Vec<Duration>,
}

impl Times {
    fn of(name: &'static str, round: impl FnMut(usize) -> Result<Taken>) -> Result<Self> {
        let taken: Vec<Taken> = (0..ROUNDS).map(round).collect::<Result<_>>()?;
        let sorted = |time: fn(&Taken) -> Duration| {
            let mut times: Vec<Duration> = taken.iter().map(time).collect();
            times.sort_unstable();
            times
        };
        Ok(Self {
            name,
            processor: sorted(|it| it.processor),
            passed: sorted(|it| it.passed),
        })
    }
}

fn median(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// What ninety-nine of a hundred stay below. Now and then the database moves its log into its file
/// beside the work, which counts as work of the process.
fn nearly_all(sorted: &[Duration]) -> Duration {
    let at = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

fn longest(sorted: &[Duration]) -> Duration {
    sorted.last().copied().unwrap_or_default()
}

/// Measures all cases; the table, and whether nearly all rounds stay below the limit.
///
/// # Errors
/// When there is no room for a database, or something else happens than should.
pub fn run() -> Result<(String, bool)> {
    let quiet = House::open("distribution-quiet", 4)?;
    let sync = median(&disk::syncs(&quiet.folder)?);
    quiet.distribute()?;
    let mut cases = vec![Times::of("a session comes, everybody has room", |round| {
        quiet.visit(round)?;
        quiet.distribute()
    })?];
    drop(quiet);

    let busy = House::open("distribution-busy", 1)?;
    busy.crowd(AGENTS + SESSIONS)?;
    let start = busy.distribute()?;
    cases.push(Times::of("an offer is declined", |round| {
        busy.decline(round)
    })?);
    cases.push(Times::of("an agent leaves a session", |round| {
        busy.leave(ROUNDS + round)
    })?);
    cases.push(Times::of("a session comes, nobody has room", |round| {
        busy.visit(round)?;
        busy.distribute()
    })?);

    let millis = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let mut text = format!(
        "on SQLite: {AGENTS} agents, {SESSIONS} waiting sessions; {ROUNDS} rounds each; \
         one sync of the disk alone {}\n\
         after a start each of {AGENTS} agents gets one: {} on the processor, {} passed\n\
         {:<40} {:>12} {:>12} {:>12} {:>12}\n",
        millis(sync),
        millis(start.processor),
        millis(start.passed),
        "event",
        "processor",
        "longest",
        "passed",
        "longest"
    );
    let mut is_quick = true;
    for case in cases {
        is_quick &= nearly_all(&case.processor) <= LIMIT;
        writeln!(
            text,
            "{:<40} {:>12} {:>12} {:>12} {:>12}",
            case.name,
            millis(median(&case.processor)),
            millis(longest(&case.processor)),
            millis(median(&case.passed)),
            millis(longest(&case.passed)),
        )?;
    }
    Ok((text, is_quick))
}
