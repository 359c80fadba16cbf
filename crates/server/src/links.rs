//! Addresses of bytes: signed, and good for ten minutes.
//!
//! An address is all it takes, because pictures and players send no header of ours. So it says
//! nothing but which file, for what and until when, and whoever changes one of them has none.

use protocol::attachment::AttachmentLink;
use protocol::ids::AttachmentId;
use protocol::time::Timestamp;
use serde::Deserialize;

use crate::signing::Signer;

/// How long an address is good, in milliseconds.
pub const LINK_MS: i64 = 10 * 60 * 1000;

const VERSION: &str = "v1";

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Sending a file's bytes.
    Upload,
    /// Having them.
    Original,
    /// Having the small picture.
    Thumbnail,
}

impl Use {
    fn word(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Original => "original",
            Self::Thumbnail => "thumbnail",
        }
    }
}

/// What stands behind the question mark of an address.
#[derive(Clone, Debug, Deserialize)]
pub struct Query {
    expires: i64,
    signature: String,
    variant: Option<String>,
}

impl Query {
    /// Which of a file's pictures is asked for.
    pub fn variant(&self) -> Option<Use> {
        match self.variant.as_deref() {
            None => Some(Use::Original),
            Some("thumbnail") => Some(Use::Thumbnail),
            Some(_) => None,
        }
    }
}

/// An address that opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// It was not made here, or was changed.
    Foreign,
    /// It has run out.
    Expired,
}

/// Makes addresses and reads them.
pub struct Links {
    signer: Signer,
}

impl Links {
    /// With a secret of this installation.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            signer: Signer::new(secret),
        }
    }

    /// Where a file's bytes may be sent, and until when.
    pub fn upload(&self, id: &AttachmentId, now: Timestamp) -> (String, Timestamp) {
        let expires = now.plus(LINK_MS);
        (self.address(Use::Upload, id, expires), expires)
    }

    /// Where a file's bytes may be had.
    pub fn file(&self, id: &AttachmentId, has_thumbnail: bool, now: Timestamp) -> AttachmentLink {
        let expires = now.plus(LINK_MS);
        AttachmentLink {
            attachment: id.clone(),
            url: self.address(Use::Original, id, expires),
            thumbnail_url: has_thumbnail.then(|| self.address(Use::Thumbnail, id, expires)),
            expires_at: expires,
        }
    }

    fn address(&self, purpose: Use, id: &AttachmentId, expires: Timestamp) -> String {
        let place = match purpose {
            Use::Upload => "uploads",
            Use::Original | Use::Thumbnail => "files",
        };
        let variant = match purpose {
            Use::Thumbnail => "variant=thumbnail&",
            Use::Upload | Use::Original => "",
        };
        let signature = self.signer.sign(&words(purpose, id, expires.0));
        format!(
            "/v1/{place}/{id}?{variant}expires={}&signature={signature}",
            expires.0
        )
    }

    /// Passes when an address was made here for this, and is still good.
    ///
    /// # Errors
    /// When it was not, or is no longer.
    pub fn check(
        &self,
        purpose: Use,
        id: &AttachmentId,
        query: &Query,
        now: Timestamp,
    ) -> Result<(), LinkFault> {
        let words = words(purpose, id, query.expires);
        if !self.signer.knows(&words, &query.signature) {
            return Err(LinkFault::Foreign);
        }
        match now.0 < query.expires {
            true => Ok(()),
            false => Err(LinkFault::Expired),
        }
    }
}

fn words(purpose: Use, id: &AttachmentId, expires: i64) -> String {
    format!("{VERSION}.{}.{id}.{expires}", purpose.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn id(text: &str) -> AttachmentId {
        AttachmentId::parse(text).unwrap()
    }

    fn query(address: &str) -> Query {
        let mut query = Query {
            expires: 0,
            signature: String::new(),
            variant: None,
        };
        for pair in address.split_once('?').unwrap().1.split('&') {
            match pair.split_once('=').unwrap() {
                ("expires", value) => query.expires = value.parse().unwrap(),
                ("signature", value) => query.signature = value.to_owned(),
                ("variant", value) => query.variant = Some(value.to_owned()),
                other => panic!("{other:?}"),
            }
        }
        query
    }

    #[test]
    fn an_address_is_good_for_one_use_of_one_file_and_ten_minutes() {
        let links = Links::new(&[7; 32]);
        let link = links.file(&id("f1"), true, NOW);
        let original = query(&link.url);
        let check = |purpose, name: &str, now| links.check(purpose, &id(name), &original, now);
        assert_eq!(check(Use::Original, "f1", NOW.plus(LINK_MS - 1)), Ok(()));
        assert_eq!(
            check(Use::Original, "f1", NOW.plus(LINK_MS)),
            Err(LinkFault::Expired)
        );
        for purpose in [Use::Upload, Use::Thumbnail] {
            assert_eq!(check(purpose, "f1", NOW), Err(LinkFault::Foreign));
        }
        assert_eq!(check(Use::Original, "f2", NOW), Err(LinkFault::Foreign));
        let small = query(&link.thumbnail_url.unwrap());
        assert_eq!(small.variant(), Some(Use::Thumbnail));
        assert_eq!(links.check(Use::Thumbnail, &id("f1"), &small, NOW), Ok(()));
    }

    #[test]
    fn a_changed_or_foreign_address_opens_nothing() {
        let links = Links::new(&[7; 32]);
        let good = query(&links.file(&id("f1"), false, NOW).url);
        let foreign = query(&Links::new(&[8; 32]).file(&id("f1"), false, NOW).url);
        let longer = Query {
            expires: good.expires + 1,
            ..good.clone()
        };
        let cut = Query {
            signature: good.signature[..62].to_owned(),
            ..good
        };
        for query in [foreign, longer, cut] {
            let outcome = links.check(Use::Original, &id("f1"), &query, NOW);
            assert_eq!(outcome, Err(LinkFault::Foreign));
        }
    }
}
