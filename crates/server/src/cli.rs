//! The `parlour` command line: what it takes, and in which order sources win.
//!
//! A flag wins over its `PARLOUR_…` variable, that over the configuration file, that over the
//! default. Nothing here starts anything.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};
use serde::Deserialize;

use crate::config::{Config, PublicUrl};
use crate::country::CountrySettings;
use crate::error::StartError;
use crate::offer_options::{OfferOptions, OfferTable};
use crate::session_options::{SessionOptions, SessionTable};
use crate::upload_options::{UploadOptions, UploadTable};

/// Live chat for websites: the reference server.
#[derive(Debug, Parser)]
#[command(name = "parlour", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `parlour` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the widget, the agent app and the protocol.
    Serve(ServeOptions),
    /// Manage accounts, channels and teams of a server that does not run.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Write made-up conversations into the folder of a server that does not run, to measure with.
    Fill(FillOptions),
    /// Work on chatbot scripts.
    #[command(subcommand)]
    Script(ScriptCommand),
    /// Work on the files that say when a channel is open and what its forms ask.
    #[command(subcommand)]
    Channel(ChannelCommand),
}

/// Options of `parlour serve`.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeOptions {
    /// Address to listen on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "PARLOUR_LISTEN", value_name = "ADDR")]
    pub listen: Option<String>,
    /// Folder for everything that is kept [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Fill an empty database with demo agents, channels and teams
    #[arg(long, env = "PARLOUR_DEMO", num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub demo: Option<bool>,
    /// Address under which browsers reach this server, such as https://chat.example.com
    #[arg(long, env = "PARLOUR_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// How many messages a visitor may send in a minute [default: 60]
    #[arg(long, env = "PARLOUR_VISITOR_SENDS_PER_MINUTE", value_name = "COUNT")]
    pub visitor_sends_per_minute: Option<u32>,
    /// A GeoIP file in MaxMind's format, to tell visitors' countries by
    #[arg(long, env = "PARLOUR_GEOIP", value_name = "FILE")]
    pub geoip: Option<PathBuf>,
    /// Header in which a trusted proxy names the visitor's country, such as CF-IPCountry
    #[arg(long, env = "PARLOUR_COUNTRY_HEADER", value_name = "NAME")]
    pub country_header: Option<String>,
    /// Addresses or networks of proxies whose headers are believed, such as 10.0.0.0/8
    #[arg(
        long,
        env = "PARLOUR_TRUSTED_PROXIES",
        value_name = "ADDRS",
        value_delimiter = ','
    )]
    pub trusted_proxies: Option<Vec<String>>,
    /// When sessions are offered.
    #[command(flatten)]
    pub offers: OfferOptions,
    /// What running sessions do by themselves.
    #[command(flatten)]
    pub sessions: SessionOptions,
    /// How much may be uploaded.
    #[command(flatten)]
    pub uploads: UploadOptions,
    /// A TOML file with the same settings, `-` in their names written as `_`
    #[arg(long, env = "PARLOUR_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Options of `parlour fill`.
#[derive(Clone, Debug, Args)]
pub struct FillOptions {
    /// How many conversations
    #[arg(long, value_name = "COUNT", required_unless_present = "conversation")]
    pub conversations: Option<u32>,
    /// A conversation that is there and goes on, instead of new ones
    #[arg(long, value_name = "ID", conflicts_with = "conversations")]
    pub conversation: Option<String>,
    /// How many messages in each
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub messages: u32,
    /// Where they are: the site key of a channel
    #[arg(long, value_name = "KEY", default_value = "demo-support")]
    pub site_key: String,
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// What `parlour admin` can do.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Add an agent with the role administrator. The password comes from PARLOUR_PASSWORD or
    /// from the first line of standard input.
    Add(AddAdmin),
    /// Add a channel for a website.
    AddChannel(AddChannel),
    /// Show all channels: site key, name, allowed origins.
    ListChannels(ListChannels),
    /// Add a team of agents.
    AddTeam(AddTeam),
    /// Show all teams: name, e-mail addresses of its members.
    ListTeams(ListTeams),
}

/// Options of `parlour admin add-channel`.
#[derive(Debug, Args)]
pub struct AddChannel {
    /// Name that agents and visitors see
    #[arg(long)]
    pub name: String,
    /// Public key for `data-site` [default: one is drawn]
    #[arg(long, value_name = "KEY")]
    pub site_key: Option<String>,
    /// Origin whose pages may use it, such as https://shop.example; may be given several times
    /// [default: any]
    #[arg(long, value_name = "ORIGIN")]
    pub allowed_origin: Vec<String>,
    /// E-mail address of an agent who answers in it; may be given several times [default: all
    /// agents there are]
    #[arg(long, value_name = "EMAIL")]
    pub agent: Vec<String>,
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Options of `parlour admin list-channels`.
#[derive(Debug, Args)]
pub struct ListChannels {
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Options of `parlour admin add-team`.
#[derive(Debug, Args)]
pub struct AddTeam {
    /// Name that agents see, and write to mention it
    #[arg(value_name = "NAME")]
    pub name: String,
    /// E-mail address of an agent in it; may be given several times
    #[arg(long, value_name = "EMAIL", required = true)]
    pub member: Vec<String>,
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Options of `parlour admin list-teams`.
#[derive(Debug, Args)]
pub struct ListTeams {
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// What `parlour script` can do.
#[derive(Debug, Subcommand)]
pub enum ScriptCommand {
    /// Say everything that is wrong with a script, by line.
    Check {
        /// The script, a JSON file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What `parlour channel` can do.
#[derive(Debug, Subcommand)]
pub enum ChannelCommand {
    /// Say everything that is wrong with a channel's file, by line.
    Check {
        /// The channel's file, a JSON file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Options of `parlour admin add`.
#[derive(Debug, Args)]
pub struct AddAdmin {
    /// E-mail address to sign in with
    #[arg(long)]
    pub email: String,
    /// Name that visitors and colleagues see
    #[arg(long)]
    pub name: String,
    /// How many sessions they have at once at most [default: 4]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub capacity: Option<u32>,
    /// What they are good at; may be given several times
    #[arg(long, value_name = "WORD")]
    pub expertise: Vec<String>,
    /// What they write, such as en or zh-TW; may be given several times
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub language: Vec<String>,
    /// Folder of the server [default: parlour-data]
    #[arg(long, env = "PARLOUR_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// A tag that names a language.
fn language_tag(text: &str) -> Result<String, String> {
    match server_core::domain::language::is_tag(text) {
        true => Ok(text.to_owned()),
        false => Err("this is no language tag such as en or zh-TW".to_owned()),
    }
}

/// The configuration file. A misspelt key is an error, not a setting without effect.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    #[serde(default)]
    offers: OfferTable,
    #[serde(default)]
    sessions: SessionTable,
    #[serde(default)]
    uploads: UploadTable,
    listen: Option<String>,
    data: Option<PathBuf>,
    demo: Option<bool>,
    public_url: Option<String>,
    visitor_sends_per_minute: Option<u32>,
    geoip: Option<PathBuf>,
    country_header: Option<String>,
    trusted_proxies: Option<Vec<String>>,
}

impl ServeOptions {
    /// Puts flags, variables, file and defaults together.
    ///
    /// # Errors
    /// When the file cannot be read or a value makes no sense.
    pub fn into_config(self) -> Result<Config, StartError> {
        let file = match &self.config {
            Some(path) => read_file(path)?,
            None => ConfigFile::default(),
        };
        let defaults = Config::default();
        Ok(Config {
            offers: self.offers.over(file.offers)?,
            sessions: self.sessions.over(&file.sessions),
            uploads: self.uploads.over(&file.uploads)?,
            listen: self.listen.or(file.listen).unwrap_or(defaults.listen),
            data: self.data.or(file.data).unwrap_or(defaults.data),
            demo: self.demo.or(file.demo).unwrap_or(defaults.demo),
            visitor_sends_per_minute: self
                .visitor_sends_per_minute
                .or(file.visitor_sends_per_minute)
                .unwrap_or(defaults.visitor_sends_per_minute),
            public_url: self
                .public_url
                .or(file.public_url)
                .map(|url| PublicUrl::parse(&url))
                .transpose()?,
            country: CountrySettings {
                geoip: self.geoip.or(file.geoip),
                header: self.country_header.or(file.country_header),
                trusted_proxies: self
                    .trusted_proxies
                    .or(file.trusted_proxies)
                    .unwrap_or_default(),
            },
            ..Config::default()
        })
    }
}

fn read_file(path: &std::path::Path) -> Result<ConfigFile, StartError> {
    let fault = |detail: String| StartError::Config {
        detail: format!("{}: {detail}", path.display()),
    };
    let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    toml::from_str(&text).map_err(|error| fault(error.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> ServeOptions {
        let whole = ["parlour", "serve"].iter().chain(arguments);
        match Cli::try_parse_from(whole).unwrap().command {
            Command::Serve(options) => options,
            other => unreachable!("serve was asked for: {other:?}"),
        }
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parlour.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:9\"\ndata = \"/kept\"\n").unwrap();
        let file = file.to_str().unwrap();
        let config = options(&["--config", file, "--listen", "127.0.0.1:7", "--demo"])
            .into_config()
            .unwrap();
        assert_eq!(config.listen, "127.0.0.1:7");
        assert_eq!(config.data, PathBuf::from("/kept"));
        assert!(config.demo);
        assert!(config.public_url.is_none());
    }

    #[test]
    fn countries_are_found_as_flags_and_file_say() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parlour.toml");
        let text = "geoip = \"/a\"\ncountry_header = \"A\"\ntrusted_proxies = [\"::1\"]\n";
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        let config = |more: &[&str]| {
            let arguments: Vec<&str> = ["--config", file].iter().chain(more).copied().collect();
            options(&arguments).into_config().unwrap().country
        };
        assert_eq!(config(&[]).trusted_proxies, ["::1"]);
        let flags = config(&["--geoip", "/b", "--trusted-proxies", "10.0.0.1,fd00::/8"]);
        assert_eq!(flags.geoip, Some(PathBuf::from("/b")));
        assert_eq!(flags.header.as_deref(), Some("A"));
        assert_eq!(flags.trusted_proxies, ["10.0.0.1", "fd00::/8"]);
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parlour.toml");
        std::fs::write(&file, "lisen = \"127.0.0.1:9\"\n").unwrap();
        let error = options(&["--config", file.to_str().unwrap()])
            .into_config()
            .unwrap_err();
        assert!(error.to_string().contains("lisen"), "{error}");
    }

    #[test]
    fn a_public_url_that_is_none_is_refused() {
        assert!(
            options(&["--public-url", "chat.example.com"])
                .into_config()
                .is_err()
        );
    }
}
