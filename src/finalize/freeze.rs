//! Writes the frozen result: the Department's folder, the outcome with its seal's line, and the seal itself last.

use std::fs;
use std::io;
use std::path::Path;

use super::dossier::Dossier;
use super::{Case, FinalizeError, Frozen, Order};
use crate::finding::Lang;
use crate::folder::{EVIDENCE, EVIDENCE_LIST, Prints};
use crate::milestone::{Decided, Fingerprint, Kind, Milestone, OUTCOME, REPORT, SCHEMA, Seal};
use crate::office::Person;
use crate::outcome::{Outcome, Status, handed};
use crate::text::Masked;
use crate::{report, tables};

/// What the folder holds, in words.
const READ_ME: &str = "DOC-TOI.txt";

impl Case {
    /// Freezes the result: all of it is in its place, or nothing is.
    ///
    /// # Errors
    /// [`FinalizeError`]: then nothing has changed.
    pub fn freeze(mut self, order: &Order, decided: Vec<Decided>, all: bool) -> Result<Frozen, FinalizeError> {
        let lock = self.folder.lock()?;
        let target = lock.start_milestone(&self.run, order.kind.word())?;
        let hand_over = target.path().join(order.kind.folder());
        fs::create_dir(&hand_over).map_err(not_written(&hand_over))?;
        let (own, copied) = self.copy_returns(&hand_over)?;
        let dossier = match order.kind {
            Kind::Report => self.copy_dossier(&hand_over)?,
            Kind::Approval | Kind::Recognition => Dossier::default(),
        };
        let has_returns = copied > 0 || own.is_some();
        let mut seal = self.seal(order, decided, all, own)?;
        sign(&mut self.outcome, order, &seal);
        if order.kind == Kind::Report {
            seal.handed = Some(self.hand_outcome(&hand_over)?);
        }
        seal.kept = Some(seal.digest_of_kept());
        seal.code = seal.expected_code();
        self.outcome.seal = Some(seal.line());
        let path = hand_over.join(REPORT);
        report::write(&self.outcome, &path)
            .map_err(|error| FinalizeError::NotWritten { path, source: error.into() })?;
        tables::write_evidence(&self.outcome, &hand_over)
            .map_err(not_written(&hand_over.join(tables::EVIDENCE.name)))?;
        let path = hand_over.join(READ_ME);
        fs::write(&path, read_me(order.kind, has_returns, dossier)).map_err(not_written(&path))?;
        if order.kind == Kind::Report {
            let there = Fingerprint::list(&Prints::of(&hand_over).map_err(not_written(&hand_over))?);
            write_seal(&seal.handed_over(there), &hand_over)?;
        }
        let mut json = Vec::new();
        let path = target.path().join(OUTCOME);
        let written = self.outcome.write_json(&mut json).map_err(io::Error::from);
        written.and_then(|()| fs::write(&path, &json)).map_err(not_written(&path))?;
        seal.outputs = Fingerprint::list(&Prints::of(target.path()).map_err(not_written(target.path()))?);
        write_seal(&seal, target.path())?;
        let path = target.finish()?;
        Ok(Frozen { milestone: Milestone { path, seal }, returns: copied, dossier })
    }

    fn seal(
        &self,
        order: &Order,
        decided: Vec<Decided>,
        accepted_all: bool,
        own: Option<Fingerprint>,
    ) -> Result<Seal, FinalizeError> {
        let outcome = &self.outcome;
        let mut inputs: Vec<Fingerprint> = outcome
            .files
            .iter()
            .filter(|file| !file.fingerprint.is_empty())
            .map(|file| Fingerprint {
                file: file.file.to_string(),
                sha256: file.fingerprint.clone(),
                blake3: String::new(),
            })
            .chain(own)
            .collect();
        inputs.sort_by(|a, b| (&a.file, &a.sha256).cmp(&(&b.file, &b.sha256)));
        inputs.dedup();
        let rules = outcome.book.sets.iter().map(|set| {
            let text = serde_json::to_vec(set).map_err(io::Error::from)?;
            Ok(Fingerprint::of(&set.id.0, &text))
        });
        let rules = rules.collect::<io::Result<Vec<_>>>().map_err(not_written(Path::new("CHOT")))?;
        let run_files = Fingerprint::list(&self.written);
        let mut signer = outcome.office.signer.clone();
        if !order.signer.is_empty() {
            signer.name.clone_from(&order.signer);
        }
        // The seal goes to others with what is handed over.
        let masked = |text: &str| Masked::of(text).to_string();
        let signer = Person { position: masked(&signer.position), name: masked(&signer.name) };
        let office = outcome.offices.as_ref().map(|office| &office.scored);
        Ok(Seal {
            schema: SCHEMA,
            kind: order.kind,
            code: String::new(),
            run: self.run.to_string(),
            run_at: outcome.at,
            sealed_at: order.at,
            program: concat!("cds ", env!("CARGO_PKG_VERSION")).to_owned(),
            office: masked(&outcome.office.name),
            year: outcome.office.year.clone(),
            number: masked(&order.number),
            date: order.date,
            signer,
            total: office.map(|scored| scored.total),
            level: office.and_then(|scored| scored.level),
            owed: outcome.expected.len() as u32,
            counted: outcome.expected.iter().filter(|expected| expected.status == Status::Accepted).count() as u32,
            draft: outcome.is_draft(),
            decided,
            accepted_all,
            rules,
            inputs,
            run_files,
            outputs: Vec::new(),
            handed: None,
            kept: None,
        })
    }

    /// Writes the outcome as others may read it, from which an office above consolidates.
    fn hand_outcome(&self, hand_over: &Path) -> Result<Fingerprint, FinalizeError> {
        let path = hand_over.join(OUTCOME);
        let mut json = Vec::new();
        let written = self.outcome.for_recipients().and_then(|outcome| outcome.write_json(&mut json));
        written.map_err(io::Error::from).and_then(|()| fs::write(&path, &json)).map_err(not_written(&path))?;
        Ok(Fingerprint::of(OUTCOME, &json))
    }
}

fn write_seal(seal: &Seal, folder: &Path) -> Result<(), FinalizeError> {
    let path = folder.join(seal.kind.seal_file());
    let text = serde_json::to_vec_pretty(seal).map_err(io::Error::from);
    text.and_then(|text| fs::write(&path, text)).map_err(not_written(&path))
}

/// What the signed page of the frozen result says. A decision's number is not the report's.
fn sign(outcome: &mut Outcome, order: &Order, seal: &Seal) {
    if order.kind == Kind::Report {
        if !order.number.is_empty() {
            outcome.office.number.clone_from(&order.number);
        }
        outcome.office.report_date = order.date.or(outcome.office.report_date);
        outcome.office.signer = seal.signer.clone();
    }
}

/// What lies beside the report, for whoever opens the folder.
fn read_me(kind: Kind, has_returns: bool, dossier: Dossier) -> String {
    let about = format!(
        "Thư mục này là kết quả đã chốt để {}.\n\n\
         {REPORT}: sổ tổng hợp; trang Báo cáo để ký, có mã chốt ở cuối trang.\n\
         {}: minh chứng các trường và cơ quan đã ghi.\n",
        kind.label(Lang::Vi),
        tables::EVIDENCE.name
    );
    let returns = format!(
        "{}: phiếu của các trường được tính và phiếu của cơ quan, còn nguyên như khi nhận, mỗi trường một tệp.\n",
        handed::FOLDER
    );
    let for_program = match kind {
        Kind::Report => format!(
            "{OUTCOME}, {}: để cơ quan cấp trên tổng hợp bằng cùng chương trình. Gửi cả thư mục này (nén .zip cũng được);\n\
             không sửa, không đổi tên, không bớt tệp nào bên trong: nếu sửa, mã chốt không còn đúng và kết quả không được tính.\n",
            kind.seal_file()
        ),
        Kind::Approval | Kind::Recognition => String::new(),
    };
    let privacy = format!(
        "\nTrong các tệp ở đây, số điện thoại, thư điện tử, đường dẫn trên máy và lý do ghi trong sổ nhận đã\n\
         được ẩn. Riêng phiếu trong thư mục {} giữ nguyên những gì các trường đã ghi: không công khai thư mục này.\n",
        handed::FOLDER
    );
    let returns = if has_returns { returns } else { String::new() };
    let text = about + &returns + &for_program + &privacy;
    let evidence = match dossier {
        Dossier { copied: 0, left: 0 } => String::new(),
        Dossier { copied, left } => {
            let more = match left {
                0 => String::new(),
                left => {
                    format!(" Còn {left} tệp quá giới hạn\nnên CHƯA được chép: chép tay từ {EVIDENCE} của cơ quan.")
                }
            };
            format!(
                "\n{EVIDENCE}: {copied} tệp minh chứng của cơ quan, còn nguyên như khi đặt vào; danh mục ở {EVIDENCE_LIST}.{more}\n\
                 Chương trình không mở các tệp này và không ẩn gì trong đó: không công khai thư mục này.\n"
            )
        }
    };
    let text = text + &evidence;
    // For Notepad.
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

pub(super) fn not_written(path: &Path) -> impl FnOnce(io::Error) -> FinalizeError + use<> {
    let path = path.to_owned();
    |source| FinalizeError::NotWritten { path, source: source.into() }
}
