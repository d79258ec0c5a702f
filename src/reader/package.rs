//! A zip package by its central directory, in memory: names, and parts inflated within a budget. Writes nothing to disk.

mod budget;

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::DeflateDecoder;
use jiff::civil::DateTime;

use crate::finding::{Code, Finding, code};

pub(super) use budget::Budget;

/// Why a package or a part of it cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The directory at the end is not there: copied or downloaded in part.
    NoEnd,
    /// What is there contradicts itself.
    Damaged,
    /// More comes out than the budget allows.
    TooFar,
    /// A password is needed.
    Encrypted,
    /// Packed in a way that office programs do not use; its number in the format.
    PackedOtherwise(u16),
}

impl Trouble {
    /// What is said of a file with this trouble.
    pub fn code(self) -> Code {
        match self {
            Trouble::NoEnd => code::HALF_COPIED,
            Trouble::Damaged => code::DAMAGED,
            Trouble::TooFar => code::INFLATES_TOO_FAR,
            Trouble::Encrypted => code::PASSWORD,
            Trouble::PackedOtherwise(_) => code::PACKED_OTHERWISE,
        }
    }

    /// The same, with what it names.
    pub fn finding(self) -> Finding {
        let finding = Finding::new(self.code());
        match self {
            Trouble::PackedOtherwise(method) => finding.with("format", packing(method)),
            _ => finding,
        }
    }
}

/// One entry of the directory.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// As stored, or decoded as well as it goes.
    pub name: String,
    /// Checksum of the inflated bytes, as the directory says.
    pub crc: u32,
    /// Local time.
    pub modified: Option<DateTime>,
    /// A password is needed.
    pub encrypted: bool,
    /// Bytes when inflated, as the directory says.
    pub size: u64,
    method: u16,
    packed: u64,
    header: u64,
}

impl Entry {
    /// Whether it stands for a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Why it cannot be inflated, whatever its bytes are.
    pub fn trouble(&self) -> Option<Trouble> {
        match self.method {
            _ if self.encrypted => Some(Trouble::Encrypted),
            STORED | DEFLATED => None,
            method => Some(Trouble::PackedOtherwise(method)),
        }
    }
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Not a way of packing: what is behind it is encrypted.
const AES: u16 = 99;

/// The name of a way of packing, as the programs that offer it call it.
fn packing(method: u16) -> String {
    let name = match method {
        1 => "Shrink",
        2..=5 => "Reduce",
        6 | 10 => "Implode",
        9 => "Deflate64",
        12 => "BZip2",
        14 => "LZMA",
        20 | 93 => "Zstandard",
        95 => "XZ",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        _ => return format!("#{method}"),
    };
    name.to_owned()
}

/// The directory of a package and the bytes that it speaks of.
#[derive(Debug)]
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    /// Bytes that stand before the package proper.
    base: u64,
    /// In the order of the directory, at most as many as asked for.
    pub entries: Vec<Entry>,
    /// How many the directory has.
    pub total: u64,
}

const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

impl<'a> Package<'a> {
    /// Reads the directory, at most `most` entries of it.
    pub fn open(bytes: &'a [u8], most: usize) -> Result<Package<'a>, Trouble> {
        let end = find_end(bytes).ok_or(Trouble::NoEnd)?;
        let mut total = u64::from(u16_at(bytes, end + 10).ok_or(Trouble::Damaged)?);
        let mut size = u64::from(u32_at(bytes, end + 12).ok_or(Trouble::Damaged)?);
        let mut offset = u64::from(u32_at(bytes, end + 16).ok_or(Trouble::Damaged)?);
        let mut directory_end = end as u64;
        let wide = total == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF;
        if let Some(end64) = find_end64(bytes, end).filter(|_| wide) {
            total = u64_at(bytes, end64 + 32).ok_or(Trouble::Damaged)?;
            size = u64_at(bytes, end64 + 40).ok_or(Trouble::Damaged)?;
            offset = u64_at(bytes, end64 + 48).ok_or(Trouble::Damaged)?;
            directory_end = end64 as u64;
        }
        let start = directory_end.checked_sub(size).ok_or(Trouble::Damaged)?;
        let base = start.checked_sub(offset).ok_or(Trouble::Damaged)?;
        let mut package = Package { bytes, base, entries: Vec::new(), total };
        let mut at = usize::try_from(start).map_err(|_| Trouble::Damaged)?;
        for _ in 0..total.min(most as u64) {
            let (entry, next) = entry_at(bytes, at).ok_or(Trouble::Damaged)?;
            package.entries.push(entry);
            at = next;
        }
        Ok(package)
    }

    /// The entry of this name, however it is written: case, `\` and a leading `/` do not matter.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| same_name(&entry.name, name))
    }

    /// Whether two entries of one name differ in what they hold: programs take one or the other.
    pub fn has_rivals(&self) -> bool {
        let plain = |entry: &Entry| entry.name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase();
        let mut parts: Vec<(String, u32, u64)> =
            self.entries.iter().map(|entry| (plain(entry), entry.crc, entry.size)).collect();
        parts.sort_unstable();
        parts.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0] != pair[1])
    }

    /// The bytes of an entry; its checksum is not looked at.
    pub fn inflate(&self, entry: &Entry, most: u64, budget: &mut Budget) -> Result<Cow<'a, [u8]>, Trouble> {
        let packed = self.packed(entry)?;
        if entry.method == STORED {
            budget.spend(packed.len(), most)?;
            return Ok(Cow::Borrowed(packed));
        }
        budget.inflate(packed, entry.size, most).map(Cow::Owned)
    }

    /// The bytes of an entry, held against its checksum.
    pub fn inflate_checked(&self, entry: &Entry, most: u64, budget: &mut Budget) -> Result<Cow<'a, [u8]>, Trouble> {
        let bytes = self.inflate(entry, most, budget)?;
        if crc32fast::hash(&bytes) == entry.crc { Ok(bytes) } else { Err(Trouble::Damaged) }
    }

    /// The first bytes of an entry, enough to tell what it is.
    pub fn head(&self, entry: &Entry) -> Vec<u8> {
        let mut out = Vec::new();
        if let Ok(packed) = self.packed(entry) {
            let mut inflated = DeflateDecoder::new(packed).take(HEAD);
            let mut stored = packed.take(HEAD);
            let source: &mut dyn Read = if entry.method == STORED { &mut stored } else { &mut inflated };
            // What came out before an error is still what the entry begins with.
            let _ = source.read_to_end(&mut out);
        }
        out
    }

    fn packed(&self, entry: &Entry) -> Result<&'a [u8], Trouble> {
        if let Some(trouble) = entry.trouble() {
            return Err(trouble);
        }
        let at = self.base.checked_add(entry.header).and_then(|at| usize::try_from(at).ok()).ok_or(Trouble::Damaged)?;
        if self.bytes.get(at..at.saturating_add(4)) != Some(LOCAL) {
            return Err(Trouble::Damaged);
        }
        let name = usize::from(u16_at(self.bytes, at + 26).ok_or(Trouble::Damaged)?);
        let extra = usize::from(u16_at(self.bytes, at + 28).ok_or(Trouble::Damaged)?);
        let start = at + 30 + name + extra;
        let packed = usize::try_from(entry.packed).map_err(|_| Trouble::Damaged)?;
        let end = start.checked_add(packed).ok_or(Trouble::Damaged)?;
        self.bytes.get(start..end).ok_or(Trouble::Damaged)
    }
}

/// Bytes that are enough to tell what an entry is.
const HEAD: u64 = 4096;

/// Whether two names mean the same part.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    fn plain(name: &str) -> impl Iterator<Item = u8> {
        let name = name.strip_prefix(['/', '\\']).unwrap_or(name);
        name.bytes().map(|b| if b == b'\\' { b'/' } else { b.to_ascii_lowercase() })
    }
    plain(a).eq(plain(b))
}

/// The end record, looked for from the end: a comment may follow it.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(0xFFFF);
    (first..=last).rev().find(|&at| {
        bytes[at..].starts_with(END)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + 22 + usize::from(comment) <= bytes.len())
    })
}

fn find_end64(bytes: &[u8], end: usize) -> Option<usize> {
    let locator = end.checked_sub(20)?;
    if !bytes[locator..].starts_with(LOCATOR64) {
        return None;
    }
    let told = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    // Where something stands before the package the told place is off; the usual one is right before the locator.
    [told, locator.checked_sub(56)?].into_iter().find(|&at| bytes.get(at..).is_some_and(|b| b.starts_with(END64)))
}

fn entry_at(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    if bytes.get(at..at.checked_add(4)?) != Some(CENTRAL) {
        return None;
    }
    let flags = u16_at(bytes, at + 8)?;
    let method = u16_at(bytes, at + 10)?;
    let name_len = usize::from(u16_at(bytes, at + 28)?);
    let extra_len = usize::from(u16_at(bytes, at + 30)?);
    let comment_len = usize::from(u16_at(bytes, at + 32)?);
    let raw = bytes.get(at + 46..at + 46 + name_len)?;
    let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    let mut entry = Entry {
        name: unicode_name(extra).unwrap_or_else(|| String::from_utf8_lossy(raw).into_owned()),
        crc: u32_at(bytes, at + 16)?,
        modified: dos_time(u16_at(bytes, at + 14)?, u16_at(bytes, at + 12)?),
        encrypted: flags & 1 != 0 || method == AES,
        method,
        packed: u64::from(u32_at(bytes, at + 20)?),
        size: u64::from(u32_at(bytes, at + 24)?),
        header: u64::from(u32_at(bytes, at + 42)?),
    };
    if let Some(mut wide) = extra_field(extra, 0x0001) {
        for value in [&mut entry.size, &mut entry.packed, &mut entry.header] {
            if *value == 0xFFFF_FFFF {
                *value = u64_at(wide, 0)?;
                wide = &wide[8..];
            }
        }
    }
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// The name that packers add in UTF-8 beside one in the code page of their system.
fn unicode_name(extra: &[u8]) -> Option<String> {
    let field = extra_field(extra, 0x7075)?;
    String::from_utf8(field.get(5..)?.to_vec()).ok()
}

fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let field = extra.get(4..4 + usize::from(len))?;
        if id == wanted {
            return Some(field);
        }
        extra = &extra[4 + usize::from(len)..];
    }
    None
}

fn dos_time(date: u16, time: u16) -> Option<DateTime> {
    let part = |bits: u16, shift: u16, mask: u16| ((bits >> shift) & mask) as i8;
    let year = 1980 + ((date >> 9) as i16);
    let second = part(time, 0, 31).saturating_mul(2).min(59);
    DateTime::new(year, part(date, 5, 15), part(date, 0, 31), part(time, 11, 31), part(time, 5, 63), second, 0).ok()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::reader::Limits;

    #[test]
    fn names_mean_the_same_however_written() {
        assert!(same_name("/XL\\Workbook.xml", "xl/workbook.xml"));
        assert!(!same_name("xl/workbook.xml.rels", "xl/workbook.xml"));
    }

    #[test]
    fn dos_times_are_local_times_or_nothing() {
        let time = dos_time((45 << 9) | (6 << 5) | 9, (23 << 11) | (59 << 5) | 29);
        assert_eq!(time.map(|t| t.to_string()).as_deref(), Some("2025-06-09T23:59:58"));
        assert_eq!(dos_time(0, 0), None);
    }

    /// A package of one part, whose size its directory tells as this.
    fn with_size_told(part: &[u8], told: u32) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("part.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        let directory = bytes.windows(4).rposition(|four| four == CENTRAL).unwrap();
        bytes[directory + 24..directory + 28].copy_from_slice(&told.to_le_bytes());
        bytes
    }

    #[test]
    fn a_part_is_read_whole_whatever_size_is_told() {
        let part: Vec<u8> = (0..60_000_u32).flat_map(|n| (n * n % 97).to_string().into_bytes()).collect();
        let (size, limits) = (part.len() as u32, Limits::default());
        for told in [size, 0, 1, size - 1, size + 1, size * 2, u32::MAX - 1] {
            let bytes = with_size_told(&part, told);
            let package = Package::open(&bytes, 10).unwrap();
            let inflated = package.inflate_checked(&package.entries[0], u64::MAX, &mut Budget::new(&limits));
            assert!(inflated.unwrap() == part, "told {told}");
            let most = u64::from(size) - 1;
            let too_far = package.inflate(&package.entries[0], most, &mut Budget::new(&limits));
            assert_eq!(too_far.unwrap_err(), Trouble::TooFar, "told {told}");
        }
    }

    #[test]
    fn a_part_that_ends_too_soon_is_damaged() {
        let mut bytes = with_size_told(&[b'x'; 5_000], 5_000);
        bytes[40..44].fill(0xFF);
        let package = Package::open(&bytes, 10).unwrap();
        let inflated = package.inflate_checked(&package.entries[0], u64::MAX, &mut Budget::new(&Limits::default()));
        assert_eq!(inflated.unwrap_err(), Trouble::Damaged);
    }

    #[test]
    fn no_bytes_at_all_are_no_package() {
        assert_eq!(Package::open(b"", 10).unwrap_err(), Trouble::NoEnd);
        assert_eq!(Package::open(b"PK\x03\x04rest of a part", 10).unwrap_err(), Trouble::NoEnd);
        let mut lying = b"PK\x05\x06".to_vec();
        lying.extend([0; 6]);
        lying.extend(9_u16.to_le_bytes());
        lying.extend([0; 10]);
        assert_eq!(Package::open(&lying, 10).unwrap_err(), Trouble::Damaged);
    }
}
