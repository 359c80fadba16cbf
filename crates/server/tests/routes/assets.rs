//! Pages and assets. What is built may be missing here, so these tests look at what is there.

use crate::support::{Answer, ask, get, server};

/// The first built file with this ending, as its address.
fn built(ending: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist/assets");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    names.first().map(|name| format!("/assets/{name}"))
}

#[tokio::test]
async fn addresses_without_slash_lead_to_the_page() {
    let (_place, _server, address) = server().await;
    for (from, to) in [("/demo", "/demo/"), ("/agent", "/agent/")] {
        let answer = get(address, from, &[]).await;
        assert_eq!(answer.status, 308);
        assert_eq!(answer.header("location"), Some(to));
    }
}

#[tokio::test]
async fn nothing_outside_the_built_files_is_served() {
    let (_place, _server, address) = server().await;
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/nothing.wasm",
        "/parlour.js.br",
    ] {
        assert_eq!(get(address, path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn hashed_assets_are_typed_compressed_and_kept_for_ever() {
    let (_place, _server, address) = server().await;
    for (ending, kind) in [
        (".wasm", "application/wasm"),
        (".css", "text/css; charset=utf-8"),
        (".js", "text/javascript; charset=utf-8"),
    ] {
        let Some(path) = built(ending) else { continue };
        let plain = get(address, &path, &[]).await;
        assert_eq!(plain.status, 200);
        assert_eq!(plain.header("content-type"), Some(kind));
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(plain.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            plain.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        let small = get(address, &path, &[("Accept-Encoding", "gzip, br")]).await;
        assert_eq!(small.header("content-encoding"), Some("br"));
        assert_eq!(small.header("content-type"), Some(kind));
        assert!(small.body.len() < plain.body.len());
        assert_ne!(small.header("etag"), plain.header("etag"));
        let known = [
            ("Accept-Encoding", "br"),
            ("If-None-Match", small.header("etag").unwrap()),
        ];
        let unchanged = get(address, &path, &known).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
        let head = ask(address, "HEAD", &path, &[], "").await;
        assert_eq!(
            head.header("content-length"),
            plain.header("content-length")
        );
        assert!(head.body.is_empty());
    }
}

#[tokio::test]
async fn pages_of_the_agent_app_are_strict_and_hide_no_address() {
    let (_place, _server, address) = server().await;
    let page = get(address, "/agent/", &[]).await;
    if page.status == 200 {
        let policy = page.header("content-security-policy").unwrap();
        for line in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(line), "{policy}");
        }
        assert_eq!(
            page.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
        assert!(policy.contains("media-src 'self' blob:"), "{policy}");
        assert!(may_listen(&page));
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        let deep = get(address, "/agent/conversations/c1", &[]).await;
        assert_eq!(deep.body, page.body);
    }
    let demo = get(address, "/demo/", &[]).await;
    if demo.status == 200 {
        let policy = demo.header("content-security-policy").unwrap();
        assert!(policy.contains("style-src 'self'"), "{policy}");
        assert!(policy.contains("require-trusted-types-for 'script'"));
        assert!(policy.contains(&format!("ws://{address}")), "{policy}");
        assert!(policy.contains("media-src 'self' blob:"), "{policy}");
        assert!(may_listen(&demo));
    }
    let start = get(address, "/", &[]).await;
    if start.status == 200 {
        assert!(!may_listen(&start), "no chat, no microphone");
    }
}

/// Whether the page itself may have the microphone.
fn may_listen(page: &Answer) -> bool {
    let told = page.header("permissions-policy").unwrap();
    told.contains("microphone=(self)")
}
