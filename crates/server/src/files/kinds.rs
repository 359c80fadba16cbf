//! The few kinds of files that are shown, and how they are recognised.
//!
//! Bytes, what the sender says and the name's ending must agree: a page that calls itself a
//! picture, or a picture that would be saved as a page, is a plain file.

use server_core::domain::file_name;

use super::Told;

/// How something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Image,
    Audio,
    Video,
}

/// A kind of file that browsers show without running anything in it.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) media_type: &'static str,
    pub(super) family: Family,
    /// Other names senders have for it.
    aliases: &'static [&'static str],
    endings: &'static [&'static str],
}

const fn kind(
    media_type: &'static str,
    family: Family,
    aliases: &'static [&'static str],
    endings: &'static [&'static str],
) -> Kind {
    Kind {
        media_type,
        family,
        aliases,
        endings,
    }
}

/// All of them. SVG, HTML, XML and PDF are missing on purpose: they can hold programs.
static KINDS: &[Kind] = &[
    kind("image/png", Family::Image, &["image/x-png"], &["png"]),
    kind(
        "image/jpeg",
        Family::Image,
        &["image/jpg", "image/pjpeg"],
        &["jpg", "jpeg", "jpe", "jfif"],
    ),
    kind("image/gif", Family::Image, &[], &["gif"]),
    kind("image/webp", Family::Image, &[], &["webp"]),
    kind("image/avif", Family::Image, &[], &["avif"]),
    kind(
        "audio/mpeg",
        Family::Audio,
        &["audio/mp3", "audio/x-mp3", "audio/x-mpeg"],
        &["mp3", "mpga"],
    ),
    kind(
        "audio/mp4",
        Family::Audio,
        &["audio/m4a", "audio/x-m4a"],
        &["m4a", "mp4"],
    ),
    kind(
        "audio/ogg",
        Family::Audio,
        &["audio/opus", "application/ogg"],
        &["ogg", "oga", "opus"],
    ),
    kind("audio/webm", Family::Audio, &[], &["webm", "weba"]),
    kind(
        "audio/wav",
        Family::Audio,
        &["audio/x-wav", "audio/wave", "audio/vnd.wave"],
        &["wav"],
    ),
    kind("audio/flac", Family::Audio, &["audio/x-flac"], &["flac"]),
    kind(
        "audio/aac",
        Family::Audio,
        &["audio/x-aac", "audio/aacp"],
        &["aac"],
    ),
    kind(
        "video/mp4",
        Family::Video,
        &["video/x-m4v"],
        &["mp4", "m4v"],
    ),
    kind("video/webm", Family::Video, &[], &["webm"]),
    kind("video/ogg", Family::Video, &[], &["ogv", "ogg"]),
    kind("video/quicktime", Family::Video, &[], &["mov", "qt"]),
];

/// The kind of a file, if it is one of them.
pub(super) fn of(head: &[u8], told: &Told) -> Option<&'static Kind> {
    let declared = told.media_type.split(';').next().unwrap_or_default().trim();
    let says_nothing = matches!(declared, "" | "application/octet-stream");
    let kind = candidates(head)?
        .iter()
        .filter_map(|name| KINDS.iter().find(|kind| kind.media_type == *name))
        .find(|kind| {
            let is_named = kind.media_type == declared || kind.aliases.contains(&declared);
            is_named && !(told.is_voice && kind.family == Family::Video)
                || says_nothing && !(told.is_voice && kind.family != Family::Audio)
        })?;
    let ending = file_name::ending(&told.name);
    let agrees = ending.is_none_or(|ending| kind.endings.contains(&ending.as_str()));
    agrees.then_some(kind)
}

/// What the bytes may be, likeliest first. Some containers hold sound as well as moving
/// pictures; there the sender's word decides, because either is only played.
fn candidates(head: &[u8]) -> Option<&'static [&'static str]> {
    Some(match infer::get(head)?.mime_type() {
        "image/png" => &["image/png"],
        "image/jpeg" => &["image/jpeg"],
        "image/gif" => &["image/gif"],
        "image/webp" => &["image/webp"],
        "image/avif" => &["image/avif"],
        "audio/mpeg" => &["audio/mpeg"],
        "audio/m4a" => &["audio/mp4"],
        "audio/ogg" | "audio/opus" => &["audio/ogg", "video/ogg"],
        "audio/x-wav" => &["audio/wav"],
        "audio/x-flac" => &["audio/flac"],
        "audio/aac" => &["audio/aac"],
        "video/mp4" | "video/x-m4v" => &["video/mp4", "audio/mp4"],
        "video/webm" => &["video/webm", "audio/webm"],
        "video/quicktime" => &["video/quicktime"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, media_type: &str) -> Told {
        Told {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            is_voice: false,
        }
    }

    fn webm() -> Vec<u8> {
        let mut bytes = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm".to_vec();
        bytes.resize(512, 0);
        bytes
    }

    fn name(head: &[u8], told: &Told) -> &'static str {
        of(head, told).map_or("none", |kind| kind.media_type)
    }

    #[test]
    fn bytes_word_and_ending_agree_or_it_is_a_plain_file() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(name(png, &told("a.png", "image/png")), "image/png");
        assert_eq!(name(png, &told("a.PNG", "")), "image/png");
        assert_eq!(name(png, &told("picture", "image/x-png")), "image/png");
        for (file, word) in [
            ("a.png", "image/jpeg"),
            ("a.png", "text/html"),
            ("a.html", "image/png"),
            ("a.svg", "image/png"),
            ("a.png", "image/svg+xml"),
        ] {
            assert_eq!(name(png, &told(file, word)), "none", "{file} {word}");
        }
    }

    #[test]
    fn what_can_hold_programs_is_never_shown() {
        for (bytes, file, word) in [
            (
                &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
                "a.svg",
                "image/svg+xml",
            ),
            (b"<!DOCTYPE html><script>", "a.html", "text/html"),
            (b"<?xml version='1.0'?>", "a.xml", "text/xml"),
            (b"%PDF-1.7", "a.pdf", "application/pdf"),
            (b"<!DOCTYPE html><script>", "a.png", "image/png"),
            (b"PK\x03\x04", "a.docx", ""),
            (b"MZ\x90\0", "a.exe", "image/png"),
            (b"", "a.png", "image/png"),
        ] {
            assert_eq!(name(bytes, &told(file, word)), "none", "{file}");
        }
    }

    #[test]
    fn the_sender_says_whether_a_container_is_heard_or_seen() {
        let sound = told("note.webm", "audio/webm;codecs=opus");
        assert_eq!(name(&webm(), &sound), "audio/webm");
        assert_eq!(name(&webm(), &told("a.webm", "video/webm")), "video/webm");
        assert_eq!(name(&webm(), &told("a.webm", "")), "video/webm");
        let voice = Told {
            is_voice: true,
            ..told("a.webm", "")
        };
        assert_eq!(name(&webm(), &voice), "audio/webm");
    }
}
