//! A set's blank, made once, for the forms of many respondents: each costs what is its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Filling, Own, WriteError, blank, inks, onto, title};
use crate::codes::SetId;
use crate::layouts::form::Layout;
use crate::rules::RuleSet;
use crate::writers::xlsx;
use crate::writers::xlsx::stamp::{About, Ink, Looks, Stamp};

/// The blank of a set, of one office and day.
#[derive(Debug)]
pub struct Plate<'a> {
    set: &'a RuleSet,
    own: Own<'a>,
    stamp: Stamp,
}

/// What stands before the form's own sheets: adds its blank sheet to the workbook and its looks to the others.
pub type Front<'f, T> = dyn Fn(&mut Workbook, &mut Looks) -> Result<T, XlsxError> + 'f;

/// The blanks of the sets, each made when it is first needed, with what its front sheet gave.
pub struct Plates<'a, T>(Mutex<HashMap<&'a SetId, Arc<(Plate<'a>, T)>>>);

impl<T> Default for Plates<'_, T> {
    fn default() -> Self {
        Plates(Mutex::default())
    }
}

impl<'a, T> Plates<'a, T> {
    /// The blank of a set; what is common to all forms comes from `common`, and from the sheet before the form's own.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] for a set beyond the limits of a worksheet, and what the front brings about.
    pub fn of(&self, set: &'a RuleSet, common: &Filling, front: &Front<T>) -> Result<Arc<(Plate<'a>, T)>, WriteError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(blank) = known.get(&set.id) {
            return Ok(blank.clone());
        }
        let blank = Arc::new(Plate::behind(set, common, front)?);
        known.insert(&set.id, blank.clone());
        Ok(blank)
    }
}

impl<'a> Plate<'a> {
    fn behind<T>(set: &'a RuleSet, common: &Filling, front: &Front<T>) -> Result<(Plate<'a>, T), WriteError> {
        let make = || {
            let (workbook, own, looks, front) = blank_behind(set, common, front)?;
            Ok((Plate { set, own, stamp: Stamp::new(workbook, &looks)? }, front))
        };
        make().map_err(|source| WriteError::Workbook { set: set.id.to_string(), source })
    }

    /// One respondent's form, with the ink of the sheet before it where there is one.
    pub fn copy(&self, filling: &Filling, front: Option<Ink>) -> Vec<u8> {
        let inks: Vec<Ink> = front.into_iter().chain(inks(&self.own, filling)).collect();
        let created = Some(filling.created).filter(|at| xlsx::excel_time(*at).is_some());
        self.stamp.copy(&inks, &About { title: Some(&title(self.set, filling)), created })
    }
}

/// The same form by the library alone: what copies are held against.
///
/// # Errors
/// As [`Plates::of`].
pub fn write_behind<T>(
    set: &RuleSet,
    filling: &Filling,
    front: &Front<T>,
    ink: impl FnOnce(&T) -> Ink,
) -> Result<Vec<u8>, WriteError> {
    let make = || {
        let (mut workbook, own, looks, front) = blank_behind(set, filling, front)?;
        let inks: Vec<Ink> = std::iter::once(ink(&front)).chain(inks(&own, filling)).collect();
        onto(&mut workbook, &inks, &looks)?;
        workbook.save_to_buffer()
    };
    make().map_err(|source| WriteError::Workbook { set: set.id.to_string(), source })
}

fn blank_behind<'a, T>(
    set: &'a RuleSet,
    filling: &Filling,
    front: &Front<T>,
) -> Result<(Workbook, Own<'a>, Looks, T), XlsxError> {
    let mut looks = Looks::default();
    let own = Own::new(Layout::of(set), &mut looks);
    let mut workbook = xlsx::workbook()?;
    let front = front(&mut workbook, &mut looks)?;
    blank(&mut workbook, Layout::of(set), filling)?;
    Ok((workbook, own, looks, front))
}
