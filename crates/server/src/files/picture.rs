//! Pictures: how large they are, and small ones of them.
//!
//! A few bytes can claim to be a picture that fills the memory of whoever opens it. Invariant:
//! nothing is decoded before its header says how large it is, and what is too large, or cannot
//! say so, is no picture.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Seek};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Largest picture that is shown, in pixels.
const MOST_PIXELS: u64 = 50_000_000;
/// Longest side of a picture that is shown, in pixels.
const LONGEST_SIDE: u32 = 30_000;
/// Memory a decoder may take, in bytes: four for each pixel, and some to work with.
const DECODER_BYTES: u64 = 4 * MOST_PIXELS + 64 * 1024 * 1024;
/// Longest side of a small picture, in pixels.
const THUMBNAIL_SIDE: u32 = 480;

/// A picture that may be shown.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) dimensions: (u32, u32),
    pub(super) thumbnail: Option<Thumbnail>,
}

/// A small picture.
#[derive(Debug)]
pub struct Thumbnail {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Looks at a picture; nothing when it is none after all, or too large.
pub(super) fn look_at(
    mut file: File,
    head: &[u8],
    media_type: &str,
) -> io::Result<Option<Picture>> {
    let format = match media_type {
        "image/png" => ImageFormat::Png,
        "image/jpeg" => ImageFormat::Jpeg,
        "image/gif" => ImageFormat::Gif,
        "image/webp" => ImageFormat::WebP,
        // No decoder is worth its bytes here: browsers do well with the picture itself.
        _ => {
            return Ok(avif_dimensions(head)
                .filter(|it| fits(*it))
                .map(|dimensions| Picture {
                    dimensions,
                    thumbnail: None,
                }));
        }
    };
    file.rewind()?;
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    reader.limits(limits());
    let Ok(mut decoder) = reader.into_decoder() else {
        return Ok(None);
    };
    let dimensions = decoder.dimensions();
    if !fits(dimensions) {
        return Ok(None);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = dimensions;
    Ok(Some(Picture {
        dimensions: match is_turned(orientation) {
            true => (height, width),
            false => dimensions,
        },
        thumbnail: DynamicImage::from_decoder(decoder)
            .ok()
            .and_then(|picture| shrink(picture, orientation)),
    }))
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(DECODER_BYTES);
    limits
}

fn fits((width, height): (u32, u32)) -> bool {
    let sides = 1..=LONGEST_SIDE;
    sides.contains(&width)
        && sides.contains(&height)
        && u64::from(width) * u64::from(height) <= MOST_PIXELS
}

/// Whether width and height change places when the picture is shown.
fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// A small picture, the right way up. A failure only means that there is none.
fn shrink(picture: DynamicImage, orientation: Orientation) -> Option<Thumbnail> {
    let is_large = picture.width() > THUMBNAIL_SIDE || picture.height() > THUMBNAIL_SIDE;
    let mut small = match is_large {
        true => picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE),
        false => picture,
    };
    small.apply_orientation(orientation);
    let (format, media_type, small) = match small.color().has_alpha() {
        true => (
            ImageFormat::Png,
            "image/png",
            DynamicImage::from(small.to_rgba8()),
        ),
        false => (
            ImageFormat::Jpeg,
            "image/jpeg",
            DynamicImage::from(small.to_rgb8()),
        ),
    };
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, format).ok()?;
    Some(Thumbnail {
        media_type,
        bytes: bytes.into_inner(),
    })
}

/// Width and height as the first `ispe` box of an AVIF file tells them.
fn avif_dimensions(head: &[u8]) -> Option<(u32, u32)> {
    let at = head.windows(4).position(|it| it == b"ispe")?;
    let number = |from: usize| {
        let bytes = head.get(at + from..at + from + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    // Four bytes of version and flags come first.
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = match format {
            ImageFormat::Jpeg => DynamicImage::new_rgb8(width, height),
            _ => DynamicImage::new_rgba8(width, height),
        };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn looked(bytes: &[u8], media_type: &str) -> Option<Picture> {
        look_at(file(bytes), bytes, media_type).unwrap()
    }

    #[test]
    fn pictures_are_measured_and_shrunk() {
        for (format, media_type, small) in [
            (ImageFormat::Png, "image/png", "image/png"),
            (ImageFormat::Jpeg, "image/jpeg", "image/jpeg"),
            (ImageFormat::Gif, "image/gif", "image/png"),
            (ImageFormat::WebP, "image/webp", "image/png"),
        ] {
            let picture = looked(&encoded(960, 320, format), media_type).unwrap();
            assert_eq!(picture.dimensions, (960, 320));
            let thumbnail = picture.thumbnail.unwrap();
            assert_eq!(thumbnail.media_type, small);
            let read = image::load_from_memory(&thumbnail.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (480, 160));
        }
        let tiny = looked(&encoded(3, 2, ImageFormat::Png), "image/png").unwrap();
        let read = image::load_from_memory(&tiny.thumbnail.unwrap().bytes).unwrap();
        assert_eq!((read.width(), read.height()), (3, 2));
    }

    #[test]
    fn a_photograph_stands_the_right_way_up() {
        let mut bytes = encoded(960, 320, ImageFormat::Jpeg);
        // An Exif segment that says: turn me by a quarter.
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        bytes.splice(2..2, exif.iter().copied());
        let picture = looked(&bytes, "image/jpeg").unwrap();
        assert_eq!(picture.dimensions, (320, 960));
        let read = image::load_from_memory(&picture.thumbnail.unwrap().bytes).unwrap();
        assert_eq!((read.width(), read.height()), (160, 480));
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_none() {
        let mut bomb = encoded(1, 1, ImageFormat::Png);
        for (width, height) in [(30_000_u32, 30_000_u32), (u32::MAX >> 1, 1), (7072, 7071)] {
            bomb[16..20].copy_from_slice(&width.to_be_bytes());
            bomb[20..24].copy_from_slice(&height.to_be_bytes());
            let sum = crc32(&bomb[12..29]);
            bomb[29..33].copy_from_slice(&sum.to_be_bytes());
            assert!(looked(&bomb, "image/png").is_none(), "{width} × {height}");
        }
    }

    /// The checksum of a PNG chunk, bit by bit.
    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
            })
        })
    }

    #[test]
    fn a_header_without_a_picture_behind_it_has_no_thumbnail() {
        let whole = encoded(40, 30, ImageFormat::Png);
        let cut = looked(&whole[..60], "image/png");
        assert!(cut.is_none_or(|picture| picture.thumbnail.is_none()));
        assert!(looked(b"\x89PNG\r\n\x1a\n<script>", "image/png").is_none());
        assert!(
            looked(b"GIF89a<script>alert(1)</script>", "image/gif")
                .is_none_or(|picture| picture.thumbnail.is_none())
        );
    }

    #[test]
    fn avif_tells_its_size_or_is_no_picture() {
        let mut head = b"\0\0\0\x14ftypavif....ispe\0\0\0\0\0\0\x04\0\0\0\x03\0".to_vec();
        assert_eq!(looked(&head, "image/avif").unwrap().dimensions, (1024, 768));
        head.truncate(20);
        assert!(looked(&head, "image/avif").is_none());
    }
}
