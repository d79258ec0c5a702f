//! Papers: the templates that are checked in, and what is made of them.
//!
//! `CDS_WRITE=1 cargo test --test all documents::` makes `templates/van-ban/` anew, the same bytes each time.

mod letters;
mod wordml;

use std::fs;
use std::io::Read;
use std::path::Path;

#[test]
fn the_templates_that_are_checked_in_are_those_that_are_generated() {
    let folder = Path::new("templates/van-ban");
    for (name, bytes) in letters::all() {
        let path = folder.join(&name);
        if std::env::var_os("CDS_WRITE").is_some() {
            fs::create_dir_all(folder).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        // Systems leave their own mark in a package: its parts are compared.
        let same = fs::read(&path).is_ok_and(|old| parts(&old) == parts(&bytes));
        assert!(same, "{} has drifted: CDS_WRITE=1 cargo test --test all documents::", path.display());
    }
}

fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let count = package.len();
    let part = |at| {
        let mut part = package.by_index(at).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    (0..count).map(part).collect()
}

pub mod made {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use crate::office::{Office, Ran};

    /// The office of these tests; its folder lives as long as it.
    fn office() -> Office {
        Office::new()
            .school("80100001", "Trường THCS <Bình> & Minh", "THCS")
            .school("80100002", "Trường TH Hoa Sen", "TH")
            .returned("a.xlsx", "80100001", |_| {})
    }

    /// The text of each paragraph of a part.
    pub fn paragraphs(docx: &[u8]) -> Vec<String> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut all, mut text) = (Vec::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Text(piece) => text.push_str(&piece.xml10_content()),
                quick_xml::events::Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => text.push(c),
                    _ => text.push_str(match &*name.xml10_content() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        other => panic!("{other}"),
                    }),
                },
                quick_xml::events::Event::End(tag) if tag.local_name().as_ref() == "p" => {
                    all.push(std::mem::take(&mut text))
                }
                quick_xml::events::Event::Eof => return all,
                _ => {}
            }
        }
    }

    /// The program's code, and all that it says.
    fn written(ran: &Ran, args: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        let output = command.arg("documents").arg(&ran.path).args(args).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), said)
    }

    #[test]
    fn every_paper_is_filled_to_its_last_name_and_none_is_overwritten() {
        let office = office();
        let ran = office.run();
        let (code, said) = written(&ran, &[]);
        assert_eq!(code, 0, "{said}");
        let dir = office.path().join("van-ban");
        let mut files: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert_eq!(files.len(), 7);
        for file in &files {
            let all = paragraphs(&fs::read(file).unwrap()).join("\n");
            assert!(!all.contains("{{") && !all.contains("}}"), "{}: {all}", file.display());
            assert!(
                all.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && all.contains("DỰ THẢO"),
                "{}",
                file.display()
            );
        }
        let reminder = dir.join(format!("cong-van-don-doc-{}.docx", ran.outcome.run));
        let all = paragraphs(&fs::read(&reminder).unwrap());
        assert!(all.contains(&"Trường TH Hoa Sen".to_owned()) && all.contains(&"Chưa nộp".to_owned()), "{all:?}");
        assert!(!all.contains(&"Trường THCS <Bình> & Minh".to_owned()), "a school whose return counts is not reminded");
        fs::write(&reminder, "của cơ quan").unwrap();
        let (code, said) = written(&ran, &[]);
        assert_eq!((code, said.matches("giữ nguyên").count()), (0, 7), "{said}");
        assert_eq!(fs::read(&reminder).unwrap(), "của cơ quan".as_bytes());
    }

    #[test]
    fn a_run_makes_the_papers_that_are_asked_for_and_a_milestone_those_that_belong_to_it() {
        let office = office().settings("[chay]\nvan_ban = [\"cong-van-don-doc\"]\n").own_form(|_| {});
        let ran = office.run();
        assert!(ran.said.contains("Đã soạn"), "{}", ran.said);
        let there = || {
            let mut names: Vec<String> = fs::read_dir(office.path().join("van-ban"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        assert_eq!(there(), ["cong-van-don-doc-2025-06-01T0200.docx"]);
        let mut finalize = Command::new(env!("CARGO_BIN_EXE_cds"));
        let done =
            finalize.arg("finalize").arg(&ran.path).args(["--moc", "phe-duyet", "--accept-open"]).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(
            there(),
            [
                "bien-ban-tu-danh-gia-2025-06-01T0200-phe-duyet.docx",
                "cong-van-don-doc-2025-06-01T0200.docx",
                "quyet-dinh-phe-duyet-2025-06-01T0200-phe-duyet.docx",
            ]
        );
    }

    #[test]
    fn a_run_names_the_nearest_of_a_mistyped_paper() {
        let output = office().settings("[chay]\nvan_ban = [\"cong-van-don\"]\n").command(&[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("cong-van-don-doc"), "{said}");
    }

    #[test]
    fn the_offices_own_template_goes_before_that_of_the_program_and_its_mistakes_are_named() {
        let office = office();
        let ran = office.run();
        let own = office.path().join("mau-van-ban");
        fs::create_dir(&own).unwrap();
        let body = super::wordml::p(super::wordml::BODY, "Kính thưa {{ten_co_quan}}");
        fs::write(own.join("thong-bao-cong-bo.docx"), super::wordml::docx("", &body)).unwrap();
        fs::write(own.join("bao-cao-ket-qua.docx"), super::wordml::docx("", &body.replace("ten_co", "ten_coo")))
            .unwrap();
        fs::write(own.join("thong-bao-cong-bố.docx"), "x").unwrap();
        fs::write(own.join("cong-van-don-doc.docx"), "x").unwrap();
        let (code, said) = written(&ran, &["--only", "thong-bao-cong-bo", "bao-cao-ket-qua", "cong-van-don-doc"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("bao-cao-ket-qua.docx: đoạn “Kính thưa {{ten_coo_quan}}”: không có tên {{ten_coo_quan}}; gần nhất: {{ten_co_quan}}"), "{said}");
        assert!(said.contains("cong-van-don-doc.docx: không phải tệp Word dạng .docx"), "{said}");
        assert!(said.contains("thong-bao-cong-bố.docx: không phải tên của văn bản nào"), "{said}");
        let file = office.path().join(format!("van-ban/thong-bao-cong-bo-{}.docx", ran.outcome.run));
        let all = paragraphs(&fs::read(file).unwrap());
        let greeted = format!("Kính thưa {}", ran.outcome.office.name);
        assert!(all.iter().any(|one| one.trim() == greeted), "{all:?}");
    }

    /// Every row of every table of a paper, as another library reads it.
    fn table_rows(path: &Path) -> Vec<Vec<String>> {
        let paper = docx_rs::read_docx(&fs::read(path).unwrap()).unwrap();
        let text = |cell: &docx_rs::TableCell| {
            let paragraphs = cell.children.iter().map(|content| match content {
                docx_rs::TableCellContent::Paragraph(paragraph) => paragraph.raw_text(),
                _ => String::new(),
            });
            paragraphs.collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        let mut rows = Vec::new();
        for child in &paper.document.children {
            let docx_rs::DocumentChild::Table(table) = child else { continue };
            for docx_rs::TableChild::TableRow(row) in &table.rows {
                rows.push(row.cells.iter().map(|docx_rs::TableRowChild::TableCell(cell)| text(cell)).collect());
            }
        }
        rows
    }

    #[test]
    fn the_figures_of_the_papers_are_those_of_the_workbook() {
        let office = office().own_form(|_| {});
        let ran = office.run();
        let (code, said) = written(&ran, &["--only", "bao-cao-ket-qua", "bien-ban-tu-danh-gia"]);
        assert_eq!(code, 0, "{said}");
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(ran.path.join("tong-hop.xlsx")).unwrap();
        let signed = calamine::Reader::worksheet_range(&mut book, "Báo cáo").unwrap();
        let signed: Vec<Vec<String>> = signed
            .rows()
            .map(|row| row.iter().map(ToString::to_string).filter(|text| !text.is_empty()).collect())
            .collect();
        let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
        let of_office = ran.outcome.book.of_office().unwrap();
        let codes: Vec<String> = of_office.nodes.iter().map(|node| node.code.to_string()).collect();
        let mut held = 0;
        for paper in ["bao-cao-ket-qua", "bien-ban-tu-danh-gia"] {
            let file = format!("van-ban/{paper}-{}.docx", ran.outcome.run);
            let rows = table_rows(&office.path().join(file));
            for row in rows.iter().filter(|row| row.len() >= 5 && codes.contains(&row[0])) {
                let Some(line) = signed.iter().find(|line| line.len() >= 5 && line[..2] == row[..2]) else { continue };
                let figures = |texts: &[String]| texts[2..5].iter().map(|text| number(text)).collect::<Vec<_>>();
                assert_eq!(figures(row), figures(line), "{paper}: {row:?} {line:?}");
                held += 1;
            }
        }
        // Two groups in the report's body, all lines of the signed page in its appendix and in the minutes.
        let lines = signed.iter().filter(|line| line.first().is_some_and(|code| codes.contains(code))).count();
        assert_eq!((held, lines > 6), (2 + 2 * lines, true));
        let rows = table_rows(&office.path().join(format!("van-ban/bao-cao-ket-qua-{}.docx", ran.outcome.run)));
        let level = ran.level("80100001").unwrap();
        let school = rows.iter().find(|row| row.get(1).is_some_and(|code| code == "80100001")).unwrap();
        assert_eq!(school[2], "Trường THCS <Bình> & Minh");
        assert!(school[5].starts_with(&format!("Mức {level}")), "{school:?}");
    }

    #[test]
    fn no_act_is_cited_that_is_no_longer_in_force() {
        let cited = include_str!("../templates/van-ban/can-cu.txt");
        for gone in
            ["13/2023/NĐ-CP", "42/2022/NĐ-CP", "64/2007/NĐ-CP", "67/2006/QH11", "47/2020/NĐ-CP", "12/2020/TT-BGDĐT"]
        {
            assert!(!cited.contains(gone), "{gone}");
        }
    }

    #[test]
    fn the_names_for_templates_are_listed_in_the_language_asked_for() {
        let office = office();
        let ran = office.run();
        let (_, vi) = written(&ran, &["--list"]);
        let (_, en) = written(&ran, &["--list", "--lang", "en"]);
        let line = |said: &str, name: &str| said.lines().find(|line| line.contains(name)).unwrap().to_owned();
        assert_eq!(line(&vi, "{{so_phieu_chua_nop}}"), "  {{so_phieu_chua_nop}}  số phiếu chưa nộp: 1");
        assert_eq!(line(&en, "{{so_phieu_chua_nop}}"), "  {{so_phieu_chua_nop}}  returns missing: 1");
        assert!(line(&en, "{{truong.ma}}").ends_with("schools with a result and their level: 1 rows"), "{en}");
        let meanings = |said: &str| said.lines().filter(|line| line.contains("}}  ")).count();
        assert_eq!(meanings(&vi), meanings(&en));
        let of = |said: &str, name: &str| line(said, name).split_once("}}  ").unwrap().1.to_owned();
        for name in vi.lines().filter_map(|line| line.trim().split_once("}}").map(|(name, _)| format!("{name}}}}}"))) {
            assert_ne!(of(&vi, &name), of(&en, &name), "{name}");
        }
    }

    #[test]
    fn a_mistyped_paper_is_answered_with_the_nearest() {
        let office = office();
        let ran = office.run();
        let (code, said) = written(&ran, &["--only", "bao-cao"]);
        assert_eq!(code, 2);
        assert!(said.contains("có phải bao-cao-ket-qua?"), "{said}");
    }
}
