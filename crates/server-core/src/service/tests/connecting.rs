//! Visitors and agents come in; languages go on record.

use protocol::agent::AgentFrame;
use protocol::conversation::Country;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::ConnectAgent;
use protocol::ids::{ChannelId, SiteKey};
use protocol::visitor::SetLanguage;

use super::house::{House, agent_id, as_visitor, code, connect};
use crate::domain::{ChannelRecord, Principal};
use crate::ports::storage::write;
use crate::service::{Arrival, VerifiedVisitor};

#[test]
fn new_visitor_gets_a_name_and_leaves_no_record() {
    let house = House::new();
    let first = house.connect("demo-support").unwrap();
    let second = house.connect("demo-support").unwrap();
    assert_ne!(first.visitor.contact, second.visitor.contact);
    assert_eq!(first.channel_name, "Support");
    assert_eq!(first.conversation, None);
    let contact = first.visitor.contact.clone();
    assert_eq!(house.look(|reading| reading.contact(&contact)), None);
    let ready = first.ready("token".to_owned());
    assert_eq!((ready.contact, ready.token), (contact, "token".to_owned()));
    assert_eq!(ready.server.server_time, house.now());
}

#[test]
fn returning_visitor_finds_their_conversation() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.take("ana", &id).unwrap();
    let known = as_visitor(&visitor).clone();
    let token = VerifiedVisitor {
        contact: known.contact.clone(),
        channel: known.channel,
    };
    let again = house
        .service
        .connect_visitor(Some(token), &Arrival::default(), &connect("demo-support"))
        .unwrap();
    assert_eq!(again.visitor.contact, known.contact);
    let conversation = again.conversation.unwrap();
    assert_eq!(conversation.id, id);
    assert_eq!(conversation.agents[0].name, "Ana");
}

#[test]
fn token_of_another_channel_is_refused() {
    let house = House::new();
    let (visitor, _) = house.conversation();
    let token = VerifiedVisitor {
        contact: as_visitor(&visitor).contact.clone(),
        channel: ChannelId::parse("sales").unwrap(),
    };
    let result =
        house
            .service
            .connect_visitor(Some(token), &Arrival::default(), &connect("demo-support"));
    assert_eq!(code(result), ErrorCode::Unauthenticated);
}

#[test]
fn unknown_sites_versions_and_origins_are_refused() {
    let house = House::new();
    assert_eq!(code(house.connect("nowhere")), ErrorCode::UnknownSite);
    let mut newer = connect("demo-support");
    newer.protocol = 2;
    let result = house
        .service
        .connect_visitor(None, &Arrival::default(), &newer);
    assert_eq!(code(result), ErrorCode::VersionUnsupported);

    let shop = ChannelRecord {
        id: ChannelId::parse("shop").unwrap(),
        site: SiteKey::parse("shop").unwrap(),
        name: "Shop".to_owned(),
        allowed_origins: vec!["https://shop.example".to_owned()],
        settings: crate::domain::ChannelSettings::default(),
    };
    write(&*house.storage, |tx| tx.put_channel(&shop)).unwrap();
    let from = |origin: Option<&str>| {
        let arrival = Arrival {
            origin: origin.map(str::to_owned),
            country: None,
        };
        let result = house
            .service
            .connect_visitor(None, &arrival, &connect("shop"));
        result.map(|connected| connected.channel_name)
    };
    assert_eq!(from(Some("https://shop.example")).unwrap(), "Shop");
    assert_eq!(from(None).unwrap(), "Shop");
    for origin in ["https://evil.example", "http://shop.example", "null", ""] {
        assert_eq!(code(from(Some(origin))), ErrorCode::OriginRefused);
    }
}

#[test]
fn agent_learns_name_and_channels() {
    let house = House::new();
    let connect = |name: &str, protocol| {
        let frame = ConnectAgent {
            protocol,
            token: None,
            feeds: Vec::new(),
        };
        house.service.connect_agent(&agent_id(name), &frame)
    };
    let ready = connect("ana", 1).unwrap();
    assert_eq!(ready.agent.name, "Ana");
    let names: Vec<_> = ready.channels.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Sales", "Support"]);
    assert_eq!(code(connect("ana", 2)), ErrorCode::VersionUnsupported);
    assert_eq!(code(connect("nobody", 1)), ErrorCode::Unauthenticated);
}

#[test]
fn agents_see_the_widgets_language_only_when_it_differs() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let languages = || {
        let contact = house.row("ana", &id).contact;
        (contact.language, contact.widget_language)
    };
    let spanish = Some("es-MX".to_owned());
    assert_eq!(languages(), (spanish.clone(), None));
    let set = |language: &str| {
        let order = SetLanguage {
            client_id: house.fresh(),
            language: language.to_owned(),
        };
        house.service.set_language(as_visitor(&visitor), &order)
    };
    let done = set("ar").unwrap();
    assert_eq!(done.languages.widget.as_deref(), Some("ar"));
    assert_eq!(languages(), (spanish.clone(), Some("ar".to_owned())));
    set("es").unwrap();
    assert_eq!(languages(), (spanish, None));
    assert_eq!(code(set("<b>")), ErrorCode::BadFrame);

    let rows = house.agent_frames("ana", &Feed::Channel(ChannelId::parse("support").unwrap()));
    let changed = rows
        .iter()
        .filter(|frame| matches!(frame, AgentFrame::SummaryChanged(_)));
    assert_eq!(changed.count(), 3);
}

#[test]
fn language_chosen_before_the_first_message_goes_on_record_with_it() {
    let house = House::new();
    let mut visitor = house.connect("demo-support").unwrap().visitor;
    let order = SetLanguage {
        client_id: house.fresh(),
        language: "ar".to_owned(),
    };
    let set = house.service.set_language(&visitor, &order).unwrap();
    let contact = visitor.contact.clone();
    assert_eq!(house.look(|reading| reading.contact(&contact)), None);
    visitor.languages = set.languages;
    house.post(&Principal::Visitor(visitor), "Hello?").unwrap();
    let record = house.look(|reading| reading.contact(&contact)).unwrap();
    assert_eq!(record.widget_language.as_deref(), Some("ar"));
}

#[test]
fn connecting_in_another_language_changes_the_record() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let known = as_visitor(&visitor);
    let token = VerifiedVisitor {
        contact: known.contact.clone(),
        channel: known.channel.clone(),
    };
    let before = house.row("ana", &id).version;
    let mut frame = connect("demo-support");
    let again = |frame: &protocol::hello::ConnectVisitor| {
        house
            .service
            .connect_visitor(Some(token.clone()), &Arrival::default(), frame)
            .unwrap()
    };
    again(&frame);
    assert_eq!(house.row("ana", &id).version, before);
    frame.languages = vec!["no tag".to_owned(), "de".to_owned()];
    again(&frame);
    let contact = house.row("ana", &id).contact;
    assert_eq!(contact.language.as_deref(), Some("de"));
    assert_eq!(contact.widget_language.as_deref(), Some("es"));
}

#[test]
fn a_country_goes_on_record_and_a_guess_replaces_none_that_was_found() {
    let house = House::new();
    let country = |code: &str, guessed| {
        Some(Country {
            code: code.to_owned(),
            guessed,
        })
    };
    let from = |token, country| {
        let arrival = Arrival {
            origin: None,
            country,
        };
        house
            .service
            .connect_visitor(token, &arrival, &connect("demo-support"))
            .unwrap()
            .visitor
    };
    let visitor = from(None, country("MX", true));
    let token = VerifiedVisitor {
        contact: visitor.contact.clone(),
        channel: visitor.channel.clone(),
    };
    let posted = house.post(&Principal::Visitor(visitor), "Hello?").unwrap();
    let id = posted.posted.unwrap().conversation;
    let shown = || house.row("ana", &id).contact.country;
    assert_eq!(shown(), country("MX", true));
    for (told, expected) in [
        (country("ES", true), country("ES", true)),
        (None, country("ES", true)),
        (country("FR", false), country("FR", false)),
        (country("MX", true), country("FR", false)),
        (country("PE", false), country("PE", false)),
    ] {
        from(Some(token.clone()), told);
        assert_eq!(shown(), expected);
    }
}
