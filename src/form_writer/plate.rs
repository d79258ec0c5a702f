//! A set's blank, made once, for the forms of many respondents: each costs what is its own.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Filling, Own, WriteError, blank, inks, onto, title};
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

impl<'a> Plate<'a> {
    /// The form alone.
    ///
    /// # Errors
    /// [`WriteError::Workbook`] for a set beyond the limits of a worksheet.
    pub fn new(set: &'a RuleSet, common: &Filling) -> Result<Plate<'a>, WriteError> {
        Plate::behind(set, common, &|_, _| Ok(())).map(|(plate, ())| plate)
    }

    /// With a sheet before the form's own; what is common to all forms comes from `common`.
    ///
    /// # Errors
    /// As [`Plate::new`], and what the front brings about.
    pub fn behind<T>(set: &'a RuleSet, common: &Filling, front: &Front<T>) -> Result<(Plate<'a>, T), WriteError> {
        let make = || {
            let (workbook, own, looks, front) = blank_behind(set, common, front)?;
            Ok((Plate { set, own, stamp: Stamp::new(workbook, &looks)? }, front))
        };
        make().map_err(|source| WriteError::Workbook { set: set.id.to_string(), source })
    }

    /// One respondent's form, with the ink of the sheet before it where there is one.
    pub fn copy(&self, filling: &Filling, front: Option<Ink>) -> Vec<u8> {
        let inks: Vec<Ink> = front.into_iter().chain(inks(&self.own, filling)).collect();
        let at = filling.created;
        let created = (1900..=9999).contains(&at.year()).then_some(at);
        self.stamp.copy(&inks, &About { title: Some(&title(self.set, filling)), created })
    }
}

/// The same form by the library alone: what copies are held against.
///
/// # Errors
/// As [`Plate::behind`].
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
