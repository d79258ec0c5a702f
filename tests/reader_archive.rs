//! Archives of returns: each member is read like a file, and costs nobody but itself.
#![allow(clippy::unwrap_used)]

use crate::reader_files::*;
use cds::finding::code;
use cds::reader::{Content, Limits, Reading};

fn members(reading: &Reading) -> Vec<(&str, String)> {
    let Content::Archive(archive) = &reading.content else { panic!("{:?}", reading.content) };
    let told = |content: &Content| match content {
        Content::Workbook(book) => format!("{} sheets", book.grids.len()),
        Content::Other(kind) => format!("{kind:?}"),
        Content::Archive(_) => "archive".to_owned(),
        Content::Unreadable(why) => why[0].code.to_string(),
    };
    archive.members.iter().map(|member| (member.name.as_str(), told(&member.reading.content))).collect()
}

#[test]
fn an_archive_of_returns_is_read_member_by_member() {
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let inner = Zip::new().file("x.xlsx", &form).bytes();
    let zip = Zip::new()
        .file("xã Long Trì/", "")
        .file("xã Long Trì/80100001.xlsx", &form)
        .stored("..\\..\\80100002.xls", std::fs::read(fixture("lo.xls")).unwrap())
        .file("/ban ky.pdf", "%PDF-1.4 some pages")
        .file("trong.zip", &inner)
        .file("~$80100001.xlsx", "x")
        .file("__MACOSX/._80100001.xlsx", "x")
        .locked("khoa.xlsx", "xxxxxxxxxxxxxxxx")
        .file("hong.xlsx", &form[..3000]);
    let reading = read_bytes(&zip.bytes());
    let want = [
        ("xã Long Trì/80100001.xlsx", "2 sheets"),
        ("80100002.xls", "2 sheets"),
        ("ban ky.pdf", "Pdf"),
        ("trong.zip", "CDS128"),
        ("~$80100001.xlsx", "Junk"),
        ("__MACOSX/._80100001.xlsx", "Junk"),
        ("khoa.xlsx", "CDS106"),
        ("hong.xlsx", "CDS104"),
    ];
    assert_eq!(members(&reading), want.map(|(name, told)| (name, told.to_owned())));
    let Content::Archive(archive) = &reading.content else { unreachable!() };
    assert_eq!(archive.members[0].modified, Some(jiff::civil::date(2025, 6, 9).at(8, 30, 0, 0)));
    assert_eq!(archive.members[0].reading.fingerprint, read(&fixture("openpyxl.xlsx")).fingerprint);
    assert_eq!(archive.findings, []);
}

#[test]
fn archives_without_returns_locked_or_with_doubles_are_named() {
    assert_eq!(codes(&read_bytes(&Zip::new().file("a/", "").file("Thumbs.db", "x").bytes())), [code::EMPTY_ARCHIVE.0]);
    assert_eq!(codes(&read_bytes(&Zip::new().locked("a.xlsx", "xxxx").bytes())), [code::PASSWORD.0]);
    let doubles = read_bytes(&Zip::new().file("a.txt", "một hai").file("a.txt", "ba").bytes());
    assert_eq!(members(&doubles).len(), 2);
    let Content::Archive(archive) = &doubles.content else { unreachable!() };
    assert_eq!(archive.findings[0].code, code::ARCHIVE_REPEATS_A_NAME);
}

#[test]
fn what_is_packed_in_another_way_is_named_for_it() {
    let format = |reading: &Reading| match &reading.content {
        Content::Unreadable(why) if why[0].code == code::PACKED_OTHERWISE => why[0].values["format"].clone(),
        other => panic!("{other:?}"),
    };
    for (name, want) in [("bzip2.xlsx", "BZip2"), ("lzma.xlsx", "LZMA"), ("lzma.zip", "LZMA")] {
        assert_eq!(format(&read(&fixture(name))), want, "{name}");
    }
    for (method, want) in [(9, "Deflate64"), (93, "Zstandard"), (98, "PPMd"), (95, "XZ"), (1, "Shrink"), (77, "#77")] {
        assert_eq!(format(&read_bytes(&Zip::new().packed("a.xlsx", method).file("Thumbs.db", "x").bytes())), want);
        // In a workbook one part is enough, whichever it is.
        let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
        for part in ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet0.xml"] {
            let zip = sheet(rows).zip().without(part).packed(part, method);
            assert_eq!(format(&read_bytes(&zip.bytes())), want, "{part}");
        }
        for part in ["mimetype", "META-INF/manifest.xml", "content.xml"] {
            assert_eq!(format(&read_bytes(&ods("").without(part).packed(part, method).bytes())), want, "{part}");
        }
    }
    // Encrypted as newer packers do it, which is a way of packing of its own.
    for part in ["_rels/.rels", "xl/worksheets/sheet0.xml"] {
        assert_eq!(codes(&read_bytes(&sheet("").zip().without(part).packed(part, 99).bytes())), [code::PASSWORD.0]);
        assert_eq!(codes(&read_bytes(&sheet("").zip().without(part).locked(part, "x").bytes())), [code::PASSWORD.0]);
    }
    assert_eq!(codes(&read_bytes(&ods("").without("mimetype").locked("mimetype", "x").bytes())), [code::PASSWORD.0]);
    // Members that can be had are read, whatever stands beside them.
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let zip = Zip::new()
        .packed("a.xlsx", 14)
        .file("b.xlsx", &form)
        .packed("c.xlsx", 99)
        .file("d.xlsx", std::fs::read(fixture("bzip2.xlsx")).unwrap());
    let told: Vec<String> = members(&read_bytes(&zip.bytes())).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["CDS150", "2 sheets", "CDS106", "CDS150"]);
}

#[test]
fn an_archive_with_too_many_members_is_cut_and_said() {
    let limits = Limits { archive_members: 3, ..Limits::default() };
    let zip = (0..10).fold(Zip::new(), |zip, i| zip.file(&format!("{i}.txt"), "một"));
    let reading = read_bytes_with(&zip.bytes(), limits);
    assert_eq!(members(&reading).len(), 3);
    let Content::Archive(archive) = &reading.content else { unreachable!() };
    assert_eq!(archive.findings[0].code, code::ARCHIVE_CUT);
    assert_eq!(archive.findings[0].values["value"], "10");
}

#[test]
fn bombs_in_an_archive_cost_themselves_only() {
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let zeros = vec![0; 100 << 20];
    let zip = Zip::new().file("a.xlsx", &form).file("bom.xlsx", &zeros).file("b.xlsx", &form);
    let bytes = zip.bytes();
    assert!(bytes.len() < 1 << 20);
    let told: Vec<String> = members(&read_bytes(&bytes)).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["2 sheets", "CDS108", "2 sheets"]);
}

#[test]
fn a_member_that_kills_the_worker_costs_itself_only() {
    let limits = Limits { address_space: 96 << 20, ratio: 5000, ..Limits::default() };
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let text = "a".repeat(60 << 20);
    let bomb = sheet(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"#)).bytes();
    let zip = Zip::new().file("a.xlsx", &form).file("bom.xlsx", &bomb).file("b.xlsx", &form);
    let told: Vec<String> = members(&read_bytes_with(&zip.bytes(), limits)).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["2 sheets", "CDS109", "2 sheets"]);
}
