//! The seven papers of the year as the office receives them: structure by NĐ 30/2020, annex III; the office may edit them.

use super::wordml::{BODY, CELL, CENTRE, HEADING, docx, new_section, p, rule, side_by_side, table};

/// The name of each paper, its title for the properties, and its body.
type Paper = (&'static str, &'static str, fn() -> String);

const PAPERS: [Paper; 7] = [
    ("ke-hoach-trien-khai", "Kế hoạch đánh giá mức độ chuyển đổi số", plan),
    ("quyet-dinh-thanh-lap-to", "Quyết định thành lập Tổ tự đánh giá", team),
    ("bien-ban-tu-danh-gia", "Biên bản họp Tổ tự đánh giá", minutes),
    ("bao-cao-ket-qua", "Báo cáo kết quả tự đánh giá", report),
    ("quyet-dinh-phe-duyet", "Quyết định phê duyệt kết quả tự đánh giá", approval),
    ("cong-van-don-doc", "Công văn đôn đốc nộp phiếu tự đánh giá", reminder),
    ("thong-bao-cong-bo", "Thông báo mức độ chuyển đổi số của các cơ sở giáo dục", notice),
];

/// Every template: its file name and its bytes.
pub fn all() -> Vec<(String, Vec<u8>)> {
    PAPERS.iter().map(|(name, title, body)| (format!("{name}.docx"), docx(title, &body()))).collect()
}

const DRAFT: &str = "DỰ THẢO: {{ly_do_du_thao}}";

fn draft() -> String {
    [p(CENTRE, "{{nếu du_thao}}"), p(CENTRE.bold().size(12).room(0, 6), DRAFT), p(CENTRE, "{{hết}}")].concat()
}

/// The head: office and number left, national head, place and date right. Minutes have no place and date.
fn head(kind: Option<&str>, subject: Option<&str>, dated: bool) -> String {
    let number =
        kind.map_or_else(|| "Số:        /{{ky_hieu}}".to_owned(), |kind| format!("Số:        /{kind}-{{{{ky_hieu}}}}"));
    let mut left = [
        p(CENTRE, "{{nếu co_quan_cap_tren}}"),
        p(CENTRE.size(12), "{{co_quan_cap_tren_hoa}}"),
        p(CENTRE, "{{hết}}"),
        p(CENTRE.size(12).bold(), "{{ten_co_quan_hoa}}"),
        rule(21.0),
        p(CENTRE.size(13).room(6, 0), &number),
    ]
    .concat();
    if let Some(subject) = subject {
        left.push_str(&p(CENTRE.size(12).room(6, 0), subject));
    }
    let mut right = [
        p(CENTRE.size(12).bold(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        p(CENTRE.size(13).bold(), "Độc lập - Tự do - Hạnh phúc"),
        rule(20.0),
    ]
    .concat();
    if dated {
        right.push_str(&p(CENTRE.italic().room(6, 0), "{{dia_danh}}, ngày      tháng      năm 20....."));
    }
    [side_by_side(&[(42, left), (58, right)]), draft()].concat()
}

fn title(kind: &str, summary: &str) -> String {
    [p(CENTRE.bold().room(12, 0), kind), p(CENTRE.bold(), summary), rule(62.0), p(BODY.size(6), "")].concat()
}

fn grounds() -> String {
    p(BODY.italic(), "{{can_cu}}")
}

/// Of a decision, which says after them who proposed it.
fn grounds_of_decision() -> String {
    p(BODY.italic(), "{{can_cu_quyet_dinh}}")
}

/// The last paragraph of a letter stays with the signature.
fn body(texts: &[&str]) -> String {
    let style = |text: &str| if text.ends_with("./.") { BODY.with_next() } else { BODY };
    texts.iter().map(|text| p(style(text), text)).collect()
}

fn heading(text: &str) -> String {
    p(HEADING, text)
}

/// Recipients left, signer right at the same height.
fn signature(first: Option<&str>) -> String {
    let mut left = p(CELL.bold().italic(), "Nơi nhận:");
    left.extend(first.map(|line| p(CELL.size(11), line)));
    left.push_str(&p(CELL.size(11), "- {{noi_nhan}}"));
    let right = [
        p(CENTRE, "{{nếu quyen_han_ky}}"),
        p(CENTRE.bold(), "{{quyen_han_ky}}"),
        p(CENTRE, "{{hết}}"),
        p(CENTRE.bold().room(0, 72), "{{chuc_vu_nguoi_ky_hoa}}"),
        p(CENTRE.bold(), "{{ten_nguoi_ky}}"),
    ]
    .concat();
    [p(BODY.size(6).with_next(), ""), side_by_side(&[(50, left), (50, right)])].concat()
}

/// The head of an appendix to a paper of this name.
fn appendix(number: &str, name: &str, paper: &str) -> String {
    [
        new_section(),
        p(CENTRE.bold(), number),
        p(CENTRE.bold(), name),
        p(
            CENTRE.italic().room(0, 6),
            &format!("(Kèm theo {paper} số        /...... ngày      tháng      năm 20..... của {{{{ten_co_quan}}}})"),
        ),
    ]
    .concat()
}

fn plan() -> String {
    [
        head(Some("KH"), None, true),
        title("KẾ HOẠCH", "Đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"),
        grounds(),
        body(&["{{ten_co_quan}} xây dựng kế hoạch đánh giá mức độ chuyển đổi số năm học {{nam_hoc}} như sau:"]),
        heading("I. MỤC ĐÍCH, YÊU CẦU"),
        body(&[
            "1. Đánh giá công tác chỉ đạo và kết quả chuyển đổi số của cơ quan và của các cơ sở giáo dục; phát hiện điển hình, mô hình làm tốt để nhân rộng; xác định việc phải khắc phục.",
            "2. Việc đánh giá khách quan, minh bạch, công bằng, khả thi; mỗi điểm có minh chứng kiểm tra được.",
        ]),
        heading("II. BỘ CHỈ SỐ VÀ ĐỐI TƯỢNG"),
        table(
            &[("TT", 7), ("Bộ chỉ số", 46), ("Quyết định", 27), ("Đối tượng", 20)],
            &[&["{{bo_chi_so.stt}}", "{{bo_chi_so.ten}}", "{{bo_chi_so.quyet_dinh}}", "{{bo_chi_so.doi_tuong}}"]],
        ),
        p(BODY.size(6), ""),
        heading("III. NỘI DUNG VÀ THỜI GIAN"),
        table(
            &[("TT", 7), ("Việc", 48), ("Thực hiện", 25), ("Chậm nhất", 20)],
            &[&["{{buoc.stt}}", "{{buoc.noi_dung}}", "{{buoc.thuc_hien}}", "{{buoc.thoi_han}}"]],
        ),
        p(BODY.size(6), ""),
        heading("IV. TỔ CHỨC THỰC HIỆN"),
        body(&[
            "1. Tổ tự đánh giá của cơ quan làm việc tập thể, lập biên bản, báo cáo và hồ sơ minh chứng; phân công theo Phụ lục kèm theo.",
            "2. Thủ trưởng các cơ sở giáo dục tổ chức tự đánh giá, lưu minh chứng, gửi phiếu đúng hạn và cập nhật kết quả vào cơ sở dữ liệu ngành.",
            "3. Khi vướng mắc, liên hệ: {{lien_he}}./.",
        ]),
        signature(None),
        appendix("PHỤ LỤC", "BẢNG PHÂN CÔNG", "Kế hoạch"),
        table(
            &[("Mã", 8), ("Tiêu chí", 42), ("Chủ trì", 20), ("Phối hợp, thực hiện", 30)],
            &[&["{{phan_cong.ma}}", "{{phan_cong.tieu_chi}}", "{{phan_cong.chu_tri}}", "{{phan_cong.phoi_hop}}"]],
        ),
        p(CENTRE, "{{nếu ghi_chu_phan_cong}}"),
        p(CELL.italic().room(3, 0), "{{ghi_chu_phan_cong}}"),
        p(CENTRE, "{{hết}}"),
    ]
    .concat()
}

fn team() -> String {
    [
        head(Some("QĐ"), None, true),
        title("QUYẾT ĐỊNH", "Về việc thành lập Tổ tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"),
        p(CENTRE.bold().room(0, 6), "{{chuc_vu_nguoi_ky_hoa}}"),
        grounds_of_decision(),
        p(BODY.italic(), "Theo đề nghị của {{chuc_vu_nguoi_lap}}."),
        p(CENTRE.bold().room(6, 6), "QUYẾT ĐỊNH:"),
        body(&[
            "**Điều 1.** Thành lập Tổ tự đánh giá mức độ chuyển đổi số của {{ten_co_quan}} năm học {{nam_hoc}} gồm các ông, bà có tên trong danh sách kèm theo.",
            "**Điều 2.** Tổ tự đánh giá thực hiện đánh giá theo {{bo_chi_so_co_quan}}; làm việc tập thể, lập biên bản, báo cáo và hồ sơ minh chứng, trình phê duyệt chậm nhất ngày {{han_phe_duyet}}. Tổ tự giải thể sau khi hoàn thành nhiệm vụ.",
            "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký. Các bộ phận liên quan và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        ]),
        signature(Some("- Như Điều 3;")),
        appendix("PHỤ LỤC", "DANH SÁCH TỔ TỰ ĐÁNH GIÁ", "Quyết định"),
        table(
            &[("TT", 7), ("Họ và tên", 25), ("Chức vụ", 25), ("Nhiệm vụ trong Tổ", 20), ("Tiêu chí phụ trách", 23)],
            &[&["{{thanh_vien.stt}}", "{{thanh_vien.ho_ten}}", "{{thanh_vien.chuc_vu}}", "{{thanh_vien.vai_tro}}", "{{thanh_vien.tieu_chi}}"]],
        ),
    ]
    .concat()
}

fn minutes() -> String {
    let signers = side_by_side(&[
        (
            50,
            [
                p(CENTRE.bold().room(0, 72), "THƯ KÝ"),
                p(CENTRE.bold().room(0, 12), "{{thu_ky}}"),
                p(CELL.bold().italic(), "Nơi nhận:"),
                p(CELL.size(11), "- Như thành phần họp;"),
                p(CELL.size(11), "- Lưu: VT, hồ sơ đánh giá."),
            ]
            .concat(),
        ),
        (50, [p(CENTRE.bold().room(0, 72), "CHỦ TRÌ"), p(CENTRE.bold(), "{{chu_tri}}")].concat()),
    ]);
    [
        head(Some("BB"), None, false),
        title("BIÊN BẢN", "Họp Tổ tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"),
        body(&[
            "Thời gian bắt đầu: {{bat_dau}}",
            "Địa điểm: {{dia_diem}}",
            "Thành phần: Tổ tự đánh giá theo {{quyet_dinh_to}}. Có mặt: {{co_mat}}. Vắng mặt: {{vang_mat}}.",
            "Chủ trì: {{chu_tri}}. Thư ký: {{thu_ky}}.",
        ]),
        heading("I. NỘI DUNG LÀM VIỆC"),
        body(&["Tổ đã xem phiếu tự đánh giá, hồ sơ minh chứng của cơ quan và kết quả tổng hợp phiếu của các cơ sở giáo dục ({{so_phieu_duoc_tinh}}/{{so_phieu_phai_nop}} phiếu được tính), thảo luận và thống nhất điểm từng tiêu chí."]),
        p(BODY, "- {{noi_dung_phien_hop}}"),
        p(CENTRE, "{{nếu phien_hop}}"),
        p(BODY.room(6, 6), "Các phiên làm việc:"),
        table(
            &[("TT", 7), ("Ngày", 18), ("Nội dung", 39), ("Có mặt", 18), ("Vắng mặt", 18)],
            &[&["{{phien_hop.stt}}", "{{phien_hop.ngay}}", "{{phien_hop.noi_dung}}", "{{phien_hop.co_mat}}", "{{phien_hop.vang_mat}}"]],
        ),
        p(CENTRE, "{{hết}}"),
        p(BODY.size(6), ""),
        heading("II. ĐIỂM TỪNG TIÊU CHÍ"),
        criteria(),
        p(BODY.size(6), ""),
        heading("III. KẾT LUẬN"),
        body(&[
            "Tổng điểm: {{tong_diem}}/{{diem_toi_da}}. Mức độ chuyển đổi số: {{muc_do}}.",
            "Biểu quyết: ......../........ thành viên có mặt đồng ý. Ý kiến khác: ....................................",
            "Cuộc họp kết thúc vào ...... giờ ......, ngày ...... tháng ...... năm 20.....; biên bản đã đọc cho các thành viên cùng nghe và thống nhất./.",
        ]),
        p(BODY.size(6).with_next(), ""),
        signers,
    ]
    .concat()
}

fn criteria() -> String {
    let bold = |name: &str| {
        format!(
            "{{{{nếu tieu_chi.dam}}}}**{{{{tieu_chi.{name}}}}}**{{{{hết}}}}{{{{nếu không tieu_chi.dam}}}}{{{{tieu_chi.{name}}}}}{{{{hết}}}}"
        )
    };
    let cells: Vec<String> = ["ma", "ten", "toi_da", "tu_danh_gia", "thong_nhat", "ly_do"].map(bold).into();
    table(
        &[("Mã", 8), ("Tiêu chí", 40), ("Tối đa", 9), ("Tự chấm", 10), ("Thống nhất", 11), ("Lý do chênh lệch", 22)],
        &[&cells.iter().map(String::as_str).collect::<Vec<_>>()],
    )
}

fn levels() -> String {
    table(
        &[("Bộ chỉ số", 46), ("Mức độ", 30), ("Số trường", 12), ("Tỉ lệ", 12)],
        &[&[
            "{{truong_theo_muc.bo}}",
            "{{truong_theo_muc.muc}}",
            "{{truong_theo_muc.so}}",
            "{{truong_theo_muc.ti_le}}",
        ]],
    )
}

fn report() -> String {
    [
        head(Some("BC"), None, true),
        title("BÁO CÁO", "Kết quả tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"),
        p(CENTRE.room(0, 6), "Kính gửi: {{noi_gui}}"),
        grounds(),
        body(&["{{ten_co_quan}} báo cáo kết quả tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}} như sau:"]),
        heading("I. TỔ CHỨC THỰC HIỆN"),
        body(&[
            "1. Tổ tự đánh giá được thành lập theo {{quyet_dinh_to}}; kết quả được Tổ thống nhất tại {{bien_ban}}.",
            "2. Phiếu của cơ sở giáo dục: phải nộp {{so_phieu_phai_nop}} phiếu của {{so_truong}} trường; đã nộp {{so_phieu_da_nop}}; được tính {{so_phieu_duoc_tinh}}; còn phải sửa {{so_phieu_phai_sua}}; chưa nộp {{so_phieu_chua_nop}}.",
        ]),
        heading("II. KẾT QUẢ CỦA CƠ QUAN"),
        body(&["Tổng điểm: **{{tong_diem}}/{{diem_toi_da}}**; mức độ: **{{muc_do}}**. Điểm từng tiêu chí ở Phụ lục I; danh mục minh chứng ở Phụ lục III."]),
        table(
            &[("Nhóm", 10), ("Nội dung", 56), ("Tối đa", 11), ("Tự chấm", 11), ("Được tính", 12)],
            &[&["{{nhom.ma}}", "{{nhom.ten}}", "{{nhom.toi_da}}", "{{nhom.tu_danh_gia}}", "{{nhom.duoc_tinh}}"]],
        ),
        p(BODY.size(6), ""),
        heading("III. KẾT QUẢ CỦA CÁC CƠ SỞ GIÁO DỤC"),
        levels(),
        body(&["Danh sách các trường và mức độ ở Phụ lục II."]),
        p(CENTRE, "{{nếu truong_chua_nop}}"),
        p(BODY, "Chưa nộp: {{truong_chua_nop}}."),
        p(CENTRE, "{{hết}}"),
        heading("IV. NHẬN XÉT"),
        body(&["1. Điểm mạnh, mô hình làm tốt:"]),
        p(BODY, "- {{diem_manh}}"),
        body(&["2. Hạn chế:"]),
        p(BODY, "- {{diem_yeu}}"),
        body(&["3. Nguyên nhân: ........................................"]),
        heading("V. KIẾN NGHỊ, VIỆC TIẾP THEO"),
        body(&["Đề nghị {{noi_gui}} xem xét, công nhận kết quả tự đánh giá của {{ten_co_quan}}./."]),
        signature(Some("- Như trên;")),
        appendix("PHỤ LỤC I", "ĐIỂM TỪNG TIÊU CHÍ CỦA CƠ QUAN", "Báo cáo"),
        criteria(),
        appendix("PHỤ LỤC II", "MỨC ĐỘ CHUYỂN ĐỔI SỐ CỦA CÁC CƠ SỞ GIÁO DỤC", "Báo cáo"),
        schools(),
        appendix("PHỤ LỤC III", "DANH MỤC MINH CHỨNG CỦA CƠ QUAN", "Báo cáo"),
        table(
            &[("TT", 7), ("Mã", 10), ("Nội dung", 38), ("Minh chứng", 45)],
            &[&["{{minh_chung.stt}}", "{{minh_chung.ma}}", "{{minh_chung.noi_dung}}", "{{minh_chung.minh_chung}}"]],
        ),
    ]
    .concat()
}

/// What a list of schools says of each: its title, and the name that stands for it.
const OF_SCHOOL: [(&str, &str); 7] = [
    ("TT", "{{truong.stt}}"),
    ("Mã trường", "{{truong.ma}}"),
    ("Tên trường", "{{truong.ten}}"),
    ("Đơn vị quản lý", "{{truong.don_vi}}"),
    ("Bộ chỉ số", "{{truong.bo}}"),
    ("Mức độ", "{{truong.muc}}"),
    ("Mức được công nhận", "{{truong.muc_cong_nhan}}"),
];

/// The first of these in columns of these widths.
fn list_of_schools<const N: usize>(widths: [u32; N]) -> String {
    let columns: Vec<_> = OF_SCHOOL.iter().zip(widths).map(|((title, _), width)| (*title, width)).collect();
    let names: Vec<&str> = OF_SCHOOL.iter().take(N).map(|(_, name)| *name).collect();
    table(&columns, &[&names])
}

fn schools() -> String {
    list_of_schools([7, 17, 34, 18, 12, 12])
}

/// With the level that was recognised beside the one that counts, where any was.
fn schools_recognised() -> String {
    [
        p(CENTRE, "{{nếu co_truong_cong_nhan}}"),
        list_of_schools([6, 15, 29, 16, 10, 12, 12]),
        p(CENTRE, "{{hết}}"),
        p(CENTRE, "{{nếu không co_truong_cong_nhan}}"),
        schools(),
        p(CENTRE, "{{hết}}"),
    ]
    .concat()
}

fn approval() -> String {
    [
        head(Some("QĐ"), None, true),
        title("QUYẾT ĐỊNH", "Về việc phê duyệt kết quả tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"),
        p(CENTRE.bold().room(0, 6), "{{chuc_vu_nguoi_ky_hoa}}"),
        grounds_of_decision(),
        p(BODY.italic(), "Căn cứ {{quyet_dinh_to}};"),
        p(BODY.italic(), "Căn cứ {{bien_ban}};"),
        p(BODY.italic(), "Theo đề nghị của Tổ tự đánh giá."),
        p(CENTRE.bold().room(6, 6), "QUYẾT ĐỊNH:"),
        body(&[
            "**Điều 1.** Phê duyệt kết quả tự đánh giá mức độ chuyển đổi số của {{ten_co_quan}} năm học {{nam_hoc}}: tổng điểm {{tong_diem}}/{{diem_toi_da}}; mức độ: {{muc_do}}. Trong đó:",
        ]),
        table(
            &[("Nhóm", 10), ("Nội dung", 66), ("Tối đa", 12), ("Điểm", 12)],
            &[&["{{nhom.ma}}", "{{nhom.ten}}", "{{nhom.toi_da}}", "{{nhom.duoc_tinh}}"]],
        ),
        p(BODY.size(6), ""),
        body(&[
            "**Điều 2.** Báo cáo kết quả về {{noi_gui}} chậm nhất ngày {{han_gui_so}}; công khai mức độ của các cơ sở giáo dục và cập nhật vào cơ sở dữ liệu ngành theo quy định.",
            "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký. Tổ tự đánh giá và các bộ phận liên quan chịu trách nhiệm thi hành Quyết định này./.",
        ]),
        signature(Some("- Như Điều 3;")),
    ]
    .concat()
}

fn reminder() -> String {
    [
        head(None, Some("V/v nộp phiếu tự đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}"), true),
        p(CENTRE.room(12, 6), "Kính gửi: Thủ trưởng các cơ sở giáo dục có tên trong Phụ lục."),
        body(&[
            "Theo kế hoạch đánh giá mức độ chuyển đổi số năm học {{nam_hoc}}, các cơ sở giáo dục gửi phiếu tự đánh giá về {{ten_co_quan}} chậm nhất ngày {{han_nop_phieu}}.",
            "Đến {{luc_tong_hop}}, đã nhận {{so_phieu_da_nop}}/{{so_phieu_phai_nop}} phiếu, trong đó {{so_phieu_phai_sua}} phiếu phải sửa; {{so_phieu_chua_nop}} phiếu chưa nộp.",
            "{{ten_co_quan}} đề nghị các trường có tên trong Phụ lục nộp phiếu, hoặc sửa theo phiếu sửa đã gửi rồi nộp lại, chậm nhất ngày {{han_don_doc}}. Phiếu gửi dạng Excel, giữ nguyên các cột của mẫu.",
            "Liên hệ khi cần: {{lien_he}}./.",
        ]),
        signature(Some("- Như trên;")),
        appendix("PHỤ LỤC", "CÁC TRƯỜNG CHƯA NỘP HOẶC PHẢI SỬA PHIẾU", "Công văn"),
        table(
            &[("TT", 7), ("Tên trường", 36), ("Đơn vị quản lý", 19), ("Bộ chỉ số", 14), ("Tình trạng", 24)],
            &[&["{{truong_don_doc.stt}}", "{{truong_don_doc.ten}}", "{{truong_don_doc.don_vi}}", "{{truong_don_doc.bo}}", "{{truong_don_doc.tinh_trang}}"]],
        ),
    ]
    .concat()
}

fn notice() -> String {
    [
        head(Some("TB"), None, true),
        title("THÔNG BÁO", "Mức độ chuyển đổi số của các cơ sở giáo dục năm học {{nam_hoc}}"),
        grounds(),
        body(&[
            "{{ten_co_quan}} thông báo mức độ chuyển đổi số năm học {{nam_hoc}} của các cơ sở giáo dục theo danh sách tại Phụ lục kèm theo:",
        ]),
        levels(),
        p(BODY.size(6), ""),
        p(CENTRE, "{{nếu cong_nhan}}"),
        p(BODY, "Kết quả của {{ten_co_quan}} được công nhận theo {{cong_nhan}}: {{diem_cong_nhan}}/{{diem_toi_da}} điểm; mức độ: {{muc_cong_nhan}}."),
        p(CENTRE, "{{hết}}"),
        body(&[
            "Ý kiến về kết quả gửi về {{ten_co_quan}} trong ...... ngày kể từ ngày thông báo; liên hệ: {{lien_he}}./.",
        ]),
        signature(None),
        appendix("PHỤ LỤC", "MỨC ĐỘ CHUYỂN ĐỔI SỐ CỦA CÁC CƠ SỞ GIÁO DỤC", "Thông báo"),
        schools_recognised(),
    ]
    .concat()
}
