//! Streams inflated within hard limits on what may come out of a package.

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::Decompressor;

use super::Trouble;
use crate::reader::limits::Limits;

/// What may still come out of a package.
pub(in crate::reader) struct Budget {
    left: u64,
    ratio: u64,
    ratio_from: u64,
    /// One for all parts: its tables cost more than a small part.
    inflater: Decompressor,
}

impl Budget {
    /// The budget of one file.
    pub fn new(limits: &Limits) -> Budget {
        Budget {
            left: limits.inflated_bytes,
            ratio: limits.ratio,
            ratio_from: limits.ratio_from,
            inflater: Decompressor::new(),
        }
    }

    /// Takes bytes that come out as they are, at most so many.
    pub(super) fn spend(&mut self, bytes: usize, most: u64) -> Result<(), Trouble> {
        if bytes as u64 > most.min(self.left) {
            return Err(Trouble::TooFar);
        }
        self.left -= bytes as u64;
        Ok(())
    }

    /// The bytes of a stream, at most so many, that should be as many as is told.
    pub(super) fn inflate(&mut self, packed: &[u8], told: u64, most: u64) -> Result<Vec<u8>, Trouble> {
        let most = most.min(self.left).min((packed.len() as u64).saturating_mul(self.ratio).max(self.ratio_from));
        // The declared size may lie, and is only a hint of how much to reserve.
        let likely = told.min(most).min((packed.len() as u64).saturating_mul(40));
        let out = match self.inflated_at_once(packed, told, likely) {
            Some(out) => out,
            None => inflated_piecemeal(packed, likely as usize, most)?,
        };
        self.spend(out.len(), most)?;
        Ok(out)
    }

    /// The bytes of a stream that inflates to at most the size that is told, where that size is a likely one.
    fn inflated_at_once(&mut self, packed: &[u8], told: u64, likely: u64) -> Option<Vec<u8>> {
        if told > likely {
            return None;
        }
        let mut out = vec![0; told as usize];
        let size = self.inflater.deflate_decompress(packed, &mut out).ok()?;
        out.truncate(size);
        Some(out)
    }
}

/// The bytes of a stream of about this size, more than `most` only if there are too many.
fn inflated_piecemeal(packed: &[u8], likely: usize, most: u64) -> Result<Vec<u8>, Trouble> {
    let mut inflater = Decompress::new(false);
    let mut out = Vec::with_capacity(likely + 1);
    while out.len() as u64 <= most {
        let read = usize::try_from(inflater.total_in()).map_err(|_| Trouble::Damaged)?;
        let before = (read, out.len());
        let rest = packed.get(read..).unwrap_or_default();
        match inflater.decompress_vec(rest, &mut out, FlushDecompress::Finish) {
            Ok(Status::StreamEnd) => break,
            Ok(_) if out.len() == out.capacity() => out.reserve(out.len().clamp(1 << 12, 1 << 22)),
            Ok(_) if before == (inflater.total_in() as usize, out.len()) => return Err(Trouble::Damaged),
            Ok(_) => {}
            Err(_) => return Err(Trouble::Damaged),
        }
    }
    Ok(out)
}
