//! `so-nhan.csv`: when each file came, as the specialist noted it.

/// File, day and time, channel, extended to, set aside, reason.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const ROWS: &[Row] = &[
    ("80107101-truong-mam-non-hoa-sen.xlsx", "12/5/2025 09:15", "thư điện tử", "", "", ""),
    ("80107102 MN Hoa Mai.xlsx", "14/5/2025", "Zalo", "", "", ""),
    ("80107103-truong-mam-non-huong-duong.xlsx", "15/5/2025 16:40", "thư điện tử", "", "", ""),
    ("80107104 phiếu tự đánh giá.xlsx", "16/5/2025 10:00", "thư điện tử", "", "", ""),
    ("80107104 phiếu tự đánh giá (bản cuối).xlsx", "22/5/2025 15:20", "thư điện tử", "", "", ""),
    ("MN Sao Mai nộp.xlsx", "4/6/2025 08:05", "Zalo", "", "", ""),
    ("80107106-truong-mam-non-tuoi-tho.xlsx", "19/5/2025", "thư điện tử", "", "", ""),
    ("80107108 Bông Hồng.xlsx", "20/5/2025", "Zalo", "", "", ""),
    ("MG Tuổi Ngọc.xlsx", "21/5/2025", "USB", "", "", ""),
    ("80107110-truong-mau-giao-son-ca.xlsx", "3/6/2025", "thư điện tử", "5/6/2025", "", "Mất điện dài ngày"),
    ("truong mam non thien than nho.xlsx", "23/5/2025", "Zalo", "", "", ""),
    ("08010702-hy-vong-mam-non.xlsx", "26/5/2025", "thư điện tử", "", "", ""),
    ("08010702-hy-vong-tieu-hoc.xlsx", "26/5/2025", "thư điện tử", "", "", ""),
    ("Xã Phước An, Long Bình.zip", "20/5/2025 14:00", "thư điện tử", "", "", ""),
    ("80107201 TH Phước An 1.xlsx", "13/5/2025", "thư điện tử", "", "", ""),
    ("TH Long Bình - CĐS.xlsx", "19/5/2025", "Zalo", "", "", ""),
    ("80107204-truong-tieu-hoc-my-khanh-a.xlsx", "14/5/2025", "thư điện tử", "", "", ""),
    ("80107205-truong-tieu-hoc-my-khanh-b.xlsx", "30/5/2025 22:50", "Zalo", "", "", ""),
    ("80107206 Hoa Lac 1.ods", "20/5/2025", "thư điện tử", "", "", ""),
    ("80107207 Hòa Lạc 2.xlsx", "27/5/2025", "thư điện tử", "", "", ""),
    ("80107209 tu danh gia.xlsx", "28/5/2025", "thư điện tử", "", "", ""),
    ("80107210-truong-tieu-hoc-rach-dua.xlsx", "29/5/2025", "Zalo", "", "", ""),
    ("80107211 Gò Đình.xlsx", "24/5/2025", "thư điện tử", "", "", ""),
    ("80107211 Gò Đình (1).xlsx", "25/5/2025", "thư điện tử", "", "", ""),
    ("80107212 Cau Tre.xlsx", "23/5/2025", "Zalo", "", "", ""),
    ("80107213-truong-tieu-hoc-bau-sen.xlsx", "26/5/2025", "thư điện tử", "", "", ""),
    ("80107213 Bàu Sen bản cuối.xlsx", "29/5/2025", "Zalo", "", "", ""),
    ("80107301_THCS_PhuocAn.xlsx", "15/5/2025", "thư điện tử", "", "", ""),
    ("80107302 THCS Long Bình.xls", "16/5/2025", "thư điện tử", "", "", ""),
    ("80107303 THCS Mỹ Khánh.xlsx", "22/5/2025", "thư điện tử", "", "", ""),
    ("80107304-truong-thcs-hoa-lac.xlsx", "12/5/2025", "thư điện tử", "", "", ""),
    ("80107305 THCS Tan Thuan.xlsx", "30/5/2025", "thư điện tử", "", "", ""),
    ("80107306 Rạch Dừa.xlsx", "31/5/2025 23:10", "Zalo", "", "", ""),
    ("80107307-th-thcs-binh-tay.xls", "27/5/2025", "thư điện tử", "", "", ""),
    ("80107308 Đồng Xuân.xls", "28/5/2025", "thư điện tử", "", "", ""),
    ("80107309-truong-thcs-bau-sen.xlsx", "20/5/2025", "thư điện tử", "", "", ""),
    ("80107309 nháp.xlsx", "21/5/2025", "thư điện tử", "", "x", "Trường báo gửi nhầm bản nháp"),
    ("80107401-truong-thpt-hoa-lac.xlsx", "19/5/2025", "thư điện tử", "", "", ""),
    ("80107402-truong-thpt-long-binh.xlsx", "2/6/2025 07:30", "thư điện tử", "", "", ""),
    ("80107403 phieu.xlsx", "23/5/2025", "thư điện tử", "", "", ""),
    ("80107501-trung-tam-gdtx-hoa-lac.xlsx", "30/5/2025", "thư điện tử", "", "", ""),
    ("Tiểu học Phước Long.xlsx", "29/5/2025", "Zalo", "", "", ""),
    // Noted, never copied in.
    ("80107310 THCS Cây Dừa.xlsx", "30/5/2025", "Zalo", "", "", ""),
];

/// The file's text, as Excel saves "CSV UTF-8".
pub fn csv() -> String {
    let mut text = String::from("\u{feff}tep,ngay_nhan,kenh,gia_han_den,khong_dung,ly_do\r\n");
    for &(file, day, channel, extended, aside, reason) in ROWS {
        let file = if file.contains(',') { format!("\"{file}\"") } else { file.to_owned() };
        text.push_str(&format!("{file},{day},{channel},{extended},{aside},{reason}\r\n"));
    }
    text
}
