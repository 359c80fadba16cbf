//! Who of several suits best, and what the offer says.

use super::*;

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn speaking(name: &str, tags: &[&str]) -> AgentStanding {
    AgentStanding {
        languages: tags.iter().map(|tag| written(tag)).collect(),
        ..agent(name)
    }
}

#[test]
fn expertise_wins_over_everything_else_together() {
    let wanted = WaitingSession {
        expertise: set(&["billing"]),
        languages: vec![written("es")],
        country: Some("ES".to_owned()),
        previous_agent: Some(id("ben")),
        ..session("s", 0)
    };
    let ana = AgentStanding {
        expertise: set(&["billing", "sales"]),
        load: 3,
        last_offered_at: Some(NOW),
        ..agent("ana")
    };
    let ben = AgentStanding {
        country: Some("ES".to_owned()),
        ..speaking("ben", &["es"])
    };
    let (who, why) = chosen(&wanted, &[ben, ana]);
    assert_eq!(who, "ana");
    assert_eq!(why, [Reason::Expertise]);
}

#[test]
fn more_of_the_wanted_expertise_is_better() {
    let wanted = WaitingSession {
        expertise: set(&["billing", "technical"]),
        ..session("s", 0)
    };
    let ana = AgentStanding {
        expertise: set(&["billing", "sales", "other"]),
        ..agent("ana")
    };
    let ben = AgentStanding {
        expertise: set(&["billing", "technical"]),
        ..agent("ben")
    };
    assert_eq!(chosen(&wanted, &[ana, ben]).0, "ben");
}

#[test]
fn the_previous_agent_wins_over_those_with_less_to_do() {
    let back = WaitingSession {
        previous_agent: Some(id("ana")),
        ..session("s", 0)
    };
    let ana = AgentStanding {
        load: 3,
        ..agent("ana")
    };
    let (who, why) = chosen(&back, &[ana, agent("ben")]);
    assert_eq!(who, "ana");
    assert_eq!(why, [Reason::PreviousAgent]);
}

#[test]
fn load_is_relative_to_capacity_and_open_offers_count() {
    let large = AgentStanding {
        load: 2,
        capacity: 10,
        ..agent("ana")
    };
    let small = AgentStanding {
        offers: 1,
        capacity: 2,
        ..agent("ben")
    };
    let (who, why) = chosen(&session("s", 0), &[small, large]);
    assert_eq!(who, "ana");
    assert_eq!(why, [Reason::LeastBusy]);
}

#[test]
fn language_decides_between_those_who_suit_equally() {
    let visitor = WaitingSession {
        languages: vec![written("zh-SG"), written("en")],
        ..session("s", 0)
    };
    let agents = [
        AgentStanding {
            last_offered_at: None,
            ..agent("ana")
        },
        speaking("ben", &["en-GB"]),
        AgentStanding {
            last_offered_at: Some(NOW),
            ..speaking("eva", &["zh-CN"])
        },
    ];
    let (who, why) = chosen(&visitor, &agents);
    assert_eq!(who, "eva");
    assert_eq!(why, [Reason::Language]);
    assert_eq!(chosen(&visitor, &agents[..2]).0, "ben");
}

#[test]
fn language_never_makes_up_for_more_to_do_or_another_country() {
    let visitor = WaitingSession {
        languages: vec![written("es")],
        country: Some("ES".to_owned()),
        ..session("s", 0)
    };
    let busy = AgentStanding {
        load: 1,
        ..speaking("ana", &["es"])
    };
    assert_eq!(chosen(&visitor, &[busy, agent("ben")]).0, "ben");
    let near = AgentStanding {
        country: Some("ES".to_owned()),
        ..agent("ben")
    };
    let (who, why) = chosen(&visitor, &[speaking("ana", &["es"]), near]);
    assert_eq!(who, "ben");
    assert_eq!(why, [Reason::Country]);
}

#[test]
fn an_unknown_country_is_nobodys() {
    let (who, why) = chosen(&session("s", 0), &[agent("ana")]);
    assert_eq!((who.as_str(), why), ("ana", vec![Reason::LeastBusy]));
}

#[test]
fn ties_go_to_the_one_who_has_waited_longest_for_an_offer() {
    let offered = |name: &str, at| AgentStanding {
        last_offered_at: Some(Timestamp(at)),
        ..agent(name)
    };
    let agents = [offered("ana", 10), offered("ben", 5), offered("eva", 20)];
    let (who, why) = chosen(&session("s", 0), &agents);
    assert_eq!(who, "ben");
    assert_eq!(why, [Reason::LongestIdle]);
    let never = [offered("ana", 10), agent("ben")];
    assert_eq!(chosen(&session("s", 0), &never).0, "ben");
}

#[test]
fn what_is_still_equal_is_drawn_and_the_order_of_agents_does_not_matter() {
    let (ana, ben, eva) = (agent("ana"), agent("ben"), agent("eva"));
    let draws = |agents: [&AgentStanding; 3]| -> Vec<String> {
        (0..4)
            .map(|draw| choose(&session("s", 0), &agents, NOW, draw).unwrap().0)
            .map(|agent| agent.to_string())
            .collect()
    };
    assert_eq!(draws([&ana, &ben, &eva]), ["ana", "ben", "eva", "ana"]);
    assert_eq!(draws([&eva, &ana, &ben]), ["ana", "ben", "eva", "ana"]);
}

#[test]
fn nobody_is_chosen_among_nobody() {
    assert_eq!(choose(&session("s", 0), &[], NOW, 7), None);
}

#[test]
fn reasons_have_stable_codes() {
    let codes = [
        Reason::Expertise,
        Reason::PreviousAgent,
        Reason::Language,
        Reason::Country,
        Reason::LeastBusy,
        Reason::LongestIdle,
    ]
    .map(Reason::as_str);
    assert_eq!(
        codes,
        [
            "expertise",
            "previous_agent",
            "language",
            "country",
            "least_busy",
            "longest_idle"
        ]
    );
}
