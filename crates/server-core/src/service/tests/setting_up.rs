//! Operators set the house up.

use std::sync::Arc;

use protocol::ids::{ChannelId, SiteKey};

use super::house::{House, agent_id};
use crate::domain::{AgentProfile, AgentRecord, AgentRole, TeamRecord};
use crate::memory::MemoryStorage;
use crate::service::{
    AddAgentError, AddChannelError, AddTeamError, Answering, NewAgent, NewChannel, NewTeam,
};
use crate::settings::Settings;

fn new_agent() -> NewAgent {
    NewAgent {
        email: "Kim@Example.com ".to_owned(),
        name: " Kim ".to_owned(),
        password: "long enough".to_owned(),
        profile: AgentProfile::default(),
        role: AgentRole::Agent,
        channels: Vec::new(),
    }
}

#[test]
fn demo_is_set_up_once() {
    let house = House::new();
    house.service.seed_demo().unwrap();
    let channels = house.look(|reading| reading.channels());
    assert_eq!(channels.len(), 2);
    for name in ["ana", "ben", "sol"] {
        let email = format!("{name}@example.com");
        let new = house.service.sign_in(&email, "parlour-demo").unwrap();
        let of_agent = house.look(|reading| reading.channels_of_agent(&new.session.agent.id));
        assert_eq!(of_agent, channels);
    }
    let teams = house.service.teams().unwrap().into_iter();
    let names = |(team, members): (TeamRecord, Vec<AgentRecord>)| {
        let members = members.into_iter().map(|member| member.name);
        (team.name, members.collect::<Vec<_>>().join(" "))
    };
    let teams: Vec<_> = teams.map(names).collect();
    let wanted = [("Billing", "Ana Sol"), ("Shipping", "Ben Sol")];
    assert_eq!(
        teams,
        wanted.map(|(name, who)| (name.to_owned(), who.to_owned()))
    );
    let sol = house.look(|reading| reading.agent_by_email("sol@example.com"));
    assert_eq!(sol.unwrap().role, AgentRole::Administrator);
}

#[test]
fn nobody_may_sign_in_before_somebody_was_added() {
    let house = House::empty(Arc::new(MemoryStorage::new()), Settings::default());
    assert!(
        house
            .service
            .sign_in("ana@example.com", "parlour-demo")
            .is_err()
    );
    let channel = house
        .service
        .add_channel(&NewChannel {
            site: SiteKey::parse("shop").unwrap(),
            name: "Shop".to_owned(),
            allowed_origins: Vec::new(),
            agents: Answering::Nobody,
        })
        .unwrap();
    let agent = house.service.add_agent(&new_agent()).unwrap();
    assert_eq!(agent.name, "Kim");
    let new = house.service.sign_in("kim@example.com", "long enough");
    assert_eq!(new.unwrap().session.agent, agent);
    let answers = house.look(|reading| reading.answers_in(&agent.id, &channel.id));
    assert!(answers);
}

#[test]
fn unfit_agents_are_refused_with_a_sentence() {
    let house = House::new();
    let nowhere = ChannelId::parse("nowhere").unwrap();
    type Spoil = Box<dyn Fn(&mut NewAgent)>;
    let cases: Vec<(Spoil, AddAgentError)> = vec![
        (
            Box::new(|new| new.email = "kim".to_owned()),
            AddAgentError::NotAnEmail,
        ),
        (
            Box::new(|new| new.email = "kim @example.com".to_owned()),
            AddAgentError::NotAnEmail,
        ),
        (
            Box::new(|new| new.email = "ANA@example.com".to_owned()),
            AddAgentError::EmailTaken,
        ),
        (
            Box::new(|new| new.name = " ".to_owned()),
            AddAgentError::NameMissing,
        ),
        (
            Box::new(|new| new.password = "short".to_owned()),
            AddAgentError::UnfitPassword,
        ),
        (
            Box::new({
                let nowhere = nowhere.clone();
                move |new| new.channels = vec![nowhere.clone()]
            }),
            AddAgentError::UnknownChannel(nowhere.clone()),
        ),
    ];
    for (spoil, wanted) in cases {
        let mut new = new_agent();
        spoil(&mut new);
        assert!(wanted.to_string().contains(' '));
        assert_eq!(house.service.add_agent(&new), Err(wanted));
    }
}

#[test]
fn unfit_channels_are_refused() {
    let house = House::new();
    let add = |site: &str, name: &str| {
        house.service.add_channel(&NewChannel {
            site: SiteKey::parse(site).unwrap(),
            name: name.to_owned(),
            allowed_origins: Vec::new(),
            agents: Answering::Nobody,
        })
    };
    assert_eq!(add("new", " "), Err(AddChannelError::NameMissing));
    assert_eq!(add("demo-sales", "Mine"), Err(AddChannelError::SiteTaken));
}

#[test]
fn origins_are_kept_as_browsers_write_them() {
    let house = House::new();
    let add = |site: &str, origin: &str| {
        house.service.add_channel(&NewChannel {
            site: SiteKey::parse(site).unwrap(),
            name: "Shop".to_owned(),
            allowed_origins: vec![origin.to_owned()],
            agents: Answering::Nobody,
        })
    };
    let id = add("shop", "HTTPS://Shop.example:8443/").unwrap().id;
    let channel = house.look(|reading| reading.channel(&id)).unwrap();
    assert_eq!(channel.allowed_origins, ["https://shop.example:8443"]);
    for none in [
        "shop.example",
        "https://",
        "https://shop.example/cart",
        "https://*.example",
        "ftp://shop.example",
    ] {
        let refused = add("other", none);
        assert_eq!(refused, Err(AddChannelError::NotAnOrigin(none.to_owned())));
    }
}

#[test]
fn a_new_channel_is_answered_by_those_who_are_named_or_by_all() {
    let house = House::new();
    let add = |site: &str, agents: Answering| {
        house.service.add_channel(&NewChannel {
            site: SiteKey::parse(site).unwrap(),
            name: "Shop".to_owned(),
            allowed_origins: Vec::new(),
            agents,
        })
    };
    let of = |channel: ChannelId| {
        let names = ["ana", "ben", "sol"];
        let answers =
            |name: &&str| house.look(|reading| reading.answers_in(&agent_id(name), &channel));
        names.into_iter().filter(answers).collect::<Vec<_>>()
    };
    let all = add("all", Answering::Everybody).unwrap();
    assert_eq!(of(all.id), ["ana", "ben", "sol"]);
    let named = Answering::These(vec![" Ben@Example.com".to_owned()]);
    assert_eq!(of(add("named", named).unwrap().id), ["ben"]);
    let unknown = Answering::These(vec!["kim@example.com".to_owned()]);
    let refused = add("refused", unknown).unwrap_err();
    assert!(refused.to_string().contains("kim@example.com"));
    let site = SiteKey::parse("refused").unwrap();
    assert_eq!(house.look(|reading| reading.channel_by_site(&site)), None);
}

#[test]
fn secrets_are_drawn_once_and_kept_with_the_data() {
    let storage = Arc::new(MemoryStorage::new());
    let house = House::on(storage.clone(), Settings::default());
    let tokens = house.service.secret("visitor-tokens").unwrap();
    assert_eq!(tokens.len(), 64);
    assert_ne!(house.service.secret("other").unwrap(), tokens);
    let restarted = House::on(storage, Settings::default());
    assert_eq!(restarted.service.secret("visitor-tokens").unwrap(), tokens);
}

#[test]
fn a_channel_may_be_set_its_own_way() {
    let house = House::new();
    let site = |text| protocol::ids::SiteKey::parse(text).unwrap();
    let settings = crate::domain::ChannelSettings {
        offer_seconds: Some(45),
    };
    let set = |text| house.service.set_channel(&site(text), &settings);
    assert_eq!(set("demo-support"), Ok(true));
    assert_eq!(set("demo-support"), Ok(true));
    assert_eq!(set("no-such"), Ok(false));
    let kept = |text| house.look(|reading| reading.channel_by_site(&site(text)));
    assert_eq!(kept("demo-support").unwrap().settings, settings);
    assert_eq!(kept("demo-sales").unwrap().settings.offer_seconds, None);
}

#[test]
fn teams_are_added_with_members_and_unfit_ones_are_refused() {
    let house = House::new();
    let new = |name: &str, members: &[&str]| NewTeam {
        name: name.to_owned(),
        members: members.iter().map(|&email| email.to_owned()).collect(),
    };
    let before = house.service.teams().unwrap();
    let ana: &[&str] = &["ana@example.com"];
    for (name, members, wanted) in [
        (" ", ana, AddTeamError::NameMissing),
        ("a\nb", ana, AddTeamError::NameUnfit),
        (&"é".repeat(61), ana, AddTeamError::NameUnfit),
        ("BILLING ", ana, AddTeamError::NameTaken),
        ("Press", &[], AddTeamError::Empty),
        (
            "Press",
            &["ana@example.com", "zoe@example.com"],
            AddTeamError::UnknownAgent("zoe@example.com".to_owned()),
        ),
    ] {
        let refused = house.service.add_team(&new(name, members));
        assert_eq!(refused, Err(wanted), "{name}");
    }
    assert_eq!(house.service.teams().unwrap(), before, "nothing is left");
    let twice = ["Ana@Example.com", "ana@example.com", "ben@example.com"];
    let team = house
        .service
        .add_team(&new(" Press office ", &twice))
        .unwrap();
    assert_eq!(team.name, "Press office");
    let members = house.look(|reading| reading.team_members(&team.id));
    assert_eq!(members, [agent_id("ana"), agent_id("ben")]);
}
