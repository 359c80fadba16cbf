//! Makes GeoIP files: a search tree, the records, and what the file says of itself
//! (MaxMind DB file format 2.0).

use std::net::Ipv6Addr;

/// A network of IPv6 addresses (IPv4 ones lie in `::/96`), the place of its country and the code.
pub(super) type Row<'a> = (&'a str, u32, &'a str, &'a str);

#[derive(Clone, Copy)]
enum Branch {
    Nothing,
    Node(usize),
    Record(usize),
}

/// The bytes of a file of this kind with these rows.
pub(super) fn geoip(kind: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let mut nodes = vec![[Branch::Nothing; 2]];
    let mut records = Vec::new();
    for (network, bits, place, code) in rows {
        let address = network.parse::<Ipv6Addr>().unwrap().to_bits();
        let at = records.len();
        records.extend(map(&[(place, map(&[("iso_code", text(code))]))]));
        let mut node = 0;
        for depth in 0..*bits {
            let side = usize::from((address >> (127 - depth)) & 1 == 1);
            if depth + 1 == *bits {
                nodes[node][side] = Branch::Record(at);
            } else if let Branch::Node(next) = nodes[node][side] {
                node = next;
            } else {
                nodes.push([Branch::Nothing; 2]);
                nodes[node][side] = Branch::Node(nodes.len() - 1);
                node = nodes.len() - 1;
            }
        }
    }
    let count = nodes.len();
    let mut bytes = Vec::new();
    for branch in nodes.iter().flatten() {
        let value = match branch {
            Branch::Nothing => count,
            Branch::Node(node) => *node,
            Branch::Record(at) => count + 16 + at,
        };
        bytes.extend(&u32::try_from(value).unwrap().to_be_bytes()[1..]);
    }
    bytes.extend([0; 16]);
    bytes.extend(records);
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    bytes.extend(map(&[
        ("binary_format_major_version", number(5, 2)),
        ("binary_format_minor_version", number(5, 0)),
        ("build_epoch", number(9, 1_700_000_000)),
        ("database_type", text(kind)),
        ("description", map(&[("en", text("made by a test"))])),
        ("ip_version", number(5, 6)),
        ("languages", vec![0, 4]),
        ("node_count", number(6, u32::try_from(count).unwrap())),
        ("record_size", number(5, 24)),
    ]));
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    let mut bytes = if length < 29 {
        vec![0x40 | length]
    } else {
        vec![0x40 | 29, length - 29]
    };
    bytes.extend(text.as_bytes());
    bytes
}

fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0xe0 | u8::try_from(pairs.len()).unwrap()];
    for (key, value) in pairs {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}

/// Type 5 has two bytes, 6 four, 9 eight; leading zeros are left out.
fn number(kind: u8, value: u32) -> Vec<u8> {
    let all = value.to_be_bytes();
    let digits: Vec<u8> = all.into_iter().skip_while(|byte| *byte == 0).collect();
    let length = u8::try_from(digits.len()).unwrap();
    let mut bytes = if kind > 7 {
        vec![length, kind - 7]
    } else {
        vec![kind << 5 | length]
    };
    bytes.extend(digits);
    bytes
}
