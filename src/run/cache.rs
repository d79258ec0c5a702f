//! The cache of results, `.cds.cache`: what reading gave for each file of the last run, by its content, and which files
//! were made from what. It can be deleted at any time, and changes no result.
//!
//! ```text
//! magic, schema, stamp ─ entry, entry, ... (deflated, one by one) ─ index ─ where the index is, its length, its hash
//! ```
//! The stamp is of all that a result depends on beside the file itself. Nothing in it is believed unchecked: every entry
//! has its hash in the index, the index in the foot. Entries are read one at a time; a run holds the index alone.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

use super::part::{Part, Shared, look};
use crate::fingerprint;
use crate::folder::{FolderError, OfficeFolder, fresh, read_file};
use crate::reader::Limits;
use crate::reuse::Made;
use crate::roll_call::Arrived;
use crate::rules::RuleBook;

/// Changes with what is kept, and whenever reading, forms or checks come to other results within one version.
const SCHEMA: u32 = 6;
const MAGIC: &[u8; 10] = b"cds cache\n";
/// Magic, schema, stamp.
const HEAD: usize = MAGIC.len() + 4 + 32;
/// Where the index is, its length, its hash.
const FOOT: usize = 8 + 8 + 32;
/// Bytes of an index: some 500,000 files.
const LARGEST_INDEX: u64 = 64 << 20;
/// Bytes of an entry when it is inflated: an archive of many returns.
const LARGEST_ENTRY: u64 = 256 << 20;

type Hash = [u8; 32];

/// Why the cache of an earlier run is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// Rules, school year, limits or the program are others: all is read again.
    Outdated,
    /// It is damaged, or no cache of this program.
    Damaged,
}

/// What a result depends on beside the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Hash);

impl Stamp {
    /// Of these rules, this school year, these limits, and this build of the program.
    pub fn of(book: &RuleBook, year: &str, limits: &Limits, program: &Path) -> Stamp {
        // Another build of the same version may judge otherwise.
        let build = fs::metadata(program).ok().map(|built| {
            let time = built.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            (built.len(), time.map(|time| time.as_nanos()))
        });
        let mut hasher = blake3::Hasher::new();
        let version = env!("CARGO_PKG_VERSION");
        // Neither can fail; should one, no earlier stamp is met again.
        let parts = serde_json::to_vec(&(SCHEMA, version, build, &book.sets, year, limits));
        match parts {
            Ok(parts) => hasher.update(&parts),
            Err(error) => hasher.update(format!("{error} {:?}", std::time::SystemTime::now()).as_bytes()),
        };
        Stamp(hasher.finalize().into())
    }
}

/// What the index tells of all.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Index {
    entries: Vec<Entry>,
    /// The run whose files it knows.
    run: String,
    made: Vec<Made>,
}

/// Where the result of one content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    content: Hash,
    /// Bytes of the file.
    size: u64,
    at: u64,
    length: u32,
    check: Hash,
}

/// The cache while a run is made: what the last run left, and what this one leaves.
pub struct Cache {
    stamp: Stamp,
    path: PathBuf,
    old: Option<Old>,
    new: Mutex<New>,
    /// Ready for the next entries: to set one up costs several times what an entry does.
    encoders: Mutex<Vec<Encoder>>,
}

/// Deflates one entry after another.
type Encoder = ZlibEncoder<Vec<u8>>;

struct Old {
    file: Mutex<File>,
    entries: HashMap<Hash, Entry>,
    sizes: HashSet<u64>,
    run: String,
    made: HashMap<Hash, Made>,
}

struct New {
    path: PathBuf,
    /// `None` after it could not be written.
    file: Option<BufWriter<File>>,
    at: u64,
    entries: HashMap<Hash, Entry>,
    failed: Option<io::Error>,
}

impl Cache {
    /// Opens the cache of an office folder, and begins the next beside it. Whoever calls holds the lock. A cache that
    /// cannot be used is as if it were not there; why not, stands beside it.
    pub fn open(folder: &OfficeFolder, stamp: Stamp) -> (Cache, Option<Ignored>) {
        let path = folder.cache();
        let (old, ignored) = match Old::open(&path, stamp) {
            Ok(old) => (old, None),
            Err(ignored) => (None, Some(ignored)),
        };
        let new = Mutex::new(New::begin(path.with_extension("cache.partial"), stamp));
        (Cache { stamp, path, old, new, encoders: Mutex::default() }, ignored)
    }

    /// Whether a file of this size was there when the last run was made.
    pub fn may_have(&self, size: u64) -> bool {
        self.old.as_ref().is_some_and(|old| old.sizes.contains(&size))
    }

    /// What reading gave for this content, which is kept for the next run too.
    pub fn get(&self, fingerprint: &str) -> Option<Vec<Part>> {
        let content = hash_of(fingerprint)?;
        let old = self.old.as_ref()?;
        let entry = old.entries.get(&content)?;
        let bytes = old.bytes(entry)?;
        let parts = decode(&bytes)?;
        self.new.lock().unwrap_or_else(PoisonError::into_inner).keep(content, entry.size, &bytes, entry.check);
        Some(parts)
    }

    /// Keeps what reading gave for a file of this size, if it follows from the bytes alone.
    pub fn put(&self, size: u64, parts: &[Shared]) {
        let content = parts.first().and_then(|part| hash_of(&look(part).fingerprint));
        let Some(content) = content else { return };
        let Ok(Some(bytes)) = self.encode(parts) else { return };
        let check = blake3::hash(&bytes).into();
        self.new.lock().unwrap_or_else(PoisonError::into_inner).keep(content, size, &bytes, check);
    }

    /// How many parts, then one after the other, each with its length before it. `None` if one of them does not last.
    fn encode(&self, parts: &[Shared]) -> io::Result<Option<Vec<u8>>> {
        let encoders = || self.encoders.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = encoders().pop();
        let mut encoder = ready.unwrap_or_else(|| Encoder::new(Vec::new(), Compression::fast()));
        encoder.write_all(&u32::try_from(parts.len()).map_err(io::Error::other)?.to_le_bytes())?;
        for part in parts {
            let part = look(part);
            // An encoder that has begun is of no more use.
            if !part.lasts() {
                return Ok(None);
            }
            let plain = postcard::to_stdvec(&*part).map_err(io::Error::other)?;
            encoder.write_all(&u32::try_from(plain.len()).map_err(io::Error::other)?.to_le_bytes())?;
            encoder.write_all(&plain)?;
        }
        let bytes = encoder.reset(Vec::new())?;
        encoders().push(encoder);
        Ok(Some(bytes))
    }

    /// The stamp, as bytes.
    pub fn stamp(&self) -> &Hash {
        &self.stamp.0
    }

    /// A file that an earlier run made from the same, if it is still there as it was made, and its fingerprint.
    pub fn made(&self, results: &Path, inputs: &Hash) -> Option<(Vec<u8>, String)> {
        let old = self.old.as_ref()?;
        let made = old.made.get(inputs)?;
        // A place in the run's folder, not a way to somewhere else.
        let is_within = Path::new(&made.file).components().all(|part| matches!(part, Component::Normal(_)));
        if !is_within || old.run.parse::<crate::folder::RunName>().is_err() {
            return None;
        }
        let bytes = read_file(&results.join(&old.run).join(&made.file)).ok()?;
        (fingerprint::of(&bytes) == made.content).then(|| (bytes, made.content.clone()))
    }

    /// Puts the new cache in place of the old one: for a run that is in its place.
    ///
    /// # Errors
    /// When it could not be written: then the old one stays, of which the next run uses what is still true.
    pub fn finish(self, run: &str, made: Vec<Made>) -> Result<(), FolderError> {
        let Cache { path, old, new, .. } = self;
        // On Windows a file that is open cannot be replaced.
        drop(old);
        let new = new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let cannot = |source| FolderError::CannotWrite { path: path.clone(), source };
        let placed = new.close(run, made).and_then(|unfinished| {
            fs::rename(&unfinished, &path).inspect_err(|_| {
                let _: io::Result<()> = fs::remove_file(&unfinished);
            })
        });
        placed.map_err(cannot)
    }
}

impl Old {
    /// `None` where there is no cache.
    fn open(path: &Path, stamp: Stamp) -> Result<Option<Old>, Ignored> {
        let damaged = |_: io::Error| Ignored::Damaged;
        let length = match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => found.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            _ => return Err(Ignored::Damaged),
        };
        let mut file = File::open(path).map_err(damaged)?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).map_err(damaged)?;
        let rest = head.strip_prefix(MAGIC).ok_or(Ignored::Damaged)?;
        if rest != [&SCHEMA.to_le_bytes()[..], &stamp.0].concat() {
            return Err(Ignored::Outdated);
        }
        let index = read_index(&mut file, length).map_err(damaged)?;
        Ok(Some(Old {
            file: Mutex::new(file),
            sizes: index.entries.iter().map(|entry| entry.size).collect(),
            entries: index.entries.into_iter().map(|entry| (entry.content, entry)).collect(),
            run: index.run,
            made: index.made.into_iter().map(|made| (made.inputs, made)).collect(),
        }))
    }

    /// An entry as it was written; `None` if it is not so any more.
    fn bytes(&self, entry: &Entry) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(entry.at)).ok()?;
            Read::by_ref(&mut *file).take(u64::from(entry.length)).read_to_end(&mut bytes).ok()?;
        }
        (blake3::hash(&bytes) == entry.check).then_some(bytes)
    }
}

fn read_index(file: &mut File, length: u64) -> io::Result<Index> {
    let wrong = || io::Error::from(io::ErrorKind::InvalidData);
    let foot_at = length.checked_sub(FOOT as u64).filter(|at| *at >= HEAD as u64).ok_or_else(wrong)?;
    let mut foot = [0; FOOT];
    file.seek(SeekFrom::Start(foot_at))?;
    file.read_exact(&mut foot)?;
    let number = |from: usize| u64::from_le_bytes(foot[from..from + 8].try_into().unwrap_or_default());
    let (at, size) = (number(0), number(8));
    if size > LARGEST_INDEX || at.checked_add(size) != Some(foot_at) {
        return Err(wrong());
    }
    let mut bytes = vec![0; size as usize];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    if *blake3::hash(&bytes).as_bytes() != foot[16..] {
        return Err(wrong());
    }
    postcard::from_bytes(&bytes).map_err(|_| wrong())
}

impl New {
    fn begin(path: PathBuf, stamp: Stamp) -> New {
        let mut new = New { path, file: None, at: 0, entries: HashMap::new(), failed: None };
        match fresh(&new.path) {
            Ok(file) => {
                new.file = Some(BufWriter::with_capacity(1 << 16, file));
                new.write(MAGIC);
                new.write(&SCHEMA.to_le_bytes());
                new.write(&stamp.0);
            }
            Err(error) => new.failed = Some(error),
        }
        new
    }

    fn write(&mut self, bytes: &[u8]) {
        let Some(file) = &mut self.file else { return };
        match file.write_all(bytes) {
            Ok(()) => self.at += bytes.len() as u64,
            Err(error) => {
                self.file = None;
                self.failed = Some(error);
            }
        }
    }

    fn keep(&mut self, content: Hash, size: u64, bytes: &[u8], check: Hash) {
        let Ok(length) = u32::try_from(bytes.len()) else { return };
        if !self.entries.contains_key(&content) {
            self.entries.insert(content, Entry { content, size, at: self.at, length, check });
            self.write(bytes);
        }
    }

    /// Ends the file; its path.
    fn close(mut self, run: &str, made: Vec<Made>) -> io::Result<PathBuf> {
        let mut entries: Vec<Entry> = self.entries.values().copied().collect();
        entries.sort_unstable_by_key(|entry| entry.at);
        let index = postcard::to_stdvec(&Index { entries, run: run.to_owned(), made }).map_err(io::Error::other)?;
        let at = self.at;
        self.write(&index);
        self.write(&at.to_le_bytes());
        self.write(&(index.len() as u64).to_le_bytes());
        self.write(blake3::hash(&index).as_bytes());
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        let file = self.file.take().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        drop(file.into_inner()?);
        Ok(std::mem::take(&mut self.path))
    }
}

impl Drop for New {
    fn drop(&mut self) {
        // A cache that was closed is its owner's.
        if !self.path.as_os_str().is_empty() {
            self.file = None;
            let _: io::Result<()> = fs::remove_file(&self.path);
        }
    }
}

fn hash_of(fingerprint: &str) -> Option<Hash> {
    // Thirty-two bytes in hexadecimal, of whatever kind.
    blake3::Hash::from_hex(fingerprint).ok().map(Into::into)
}

fn decode(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut plain = ZlibDecoder::new(bytes).take(LARGEST_ENTRY);
    let mut parts = Vec::new();
    for _ in 0..number(&mut plain)? {
        let length = number(&mut plain)?;
        let mut bytes = Vec::new();
        plain.by_ref().take(length.into()).read_to_end(&mut bytes).ok()?;
        let mut part: Part = postcard::from_bytes(&bytes).ok()?;
        if let Arrived::Returns(returns) = &mut part.content {
            returns.iter_mut().for_each(|filled| filled.checked.share_sheet());
        }
        parts.push(part);
    }
    Some(parts)
}

fn number(plain: &mut impl Read) -> Option<u32> {
    let mut bytes = [0; 4];
    plain.read_exact(&mut bytes).ok()?;
    Some(u32::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_tells_rules_year_limits_and_builds_of_the_program_apart() {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join("cds");
        let built = |bytes: &[u8], second| {
            fs::write(&program, bytes).unwrap();
            let time = UNIX_EPOCH + std::time::Duration::from_secs(second);
            File::options().write(true).open(&program).unwrap().set_modified(time).unwrap();
        };
        let book = crate::rules::book(Vec::new()).unwrap().book;
        let limits = Limits::default();
        let stamp = |book: &RuleBook| Stamp::of(book, "2024-2025", &limits, &program);
        built(b"one", 1);
        let first = stamp(&book);
        assert_eq!(first, stamp(&book));
        let mut other = book.clone();
        other.sets[0].nodes[0].title.push('.');
        let narrow = Limits { sheets: limits.sheets - 1, ..limits.clone() };
        let mut all = vec![
            first,
            stamp(&other),
            Stamp::of(&book, "2025-2026", &limits, &program),
            Stamp::of(&book, "2024-2025", &narrow, &program),
        ];
        built(b"one", 2);
        all.push(stamp(&book));
        built(b"another", 1);
        all.push(stamp(&book));
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "{at}");
        }
    }
}
