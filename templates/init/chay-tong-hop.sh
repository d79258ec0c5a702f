#!/bin/sh
# Tổng hợp phiếu của các trường và mở kết quả mới nhất.
# Máy không có chương trình: chép cds vào cạnh tệp này.
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2
made_by={program}

stop() {
    printf '\n%s\n' "$1"
    if [ -t 0 ]; then
        printf 'Nhấn Enter để đóng. '
        read -r _
    fi
    exit "$2"
}

if [ -x "$here/cds" ]; then
    cds=$here/cds
elif command -v cds >/dev/null 2>&1; then
    cds=cds
elif [ -x "$made_by" ]; then
    cds=$made_by
else
    stop 'Chưa thấy chương trình cds. Chép cds vào cạnh tệp này rồi chạy lại.' 2
fi

"$cds" run "$here"
code=$?
if [ "$code" -ge 2 ]; then
    stop 'Chưa có kết quả mới. Xem lời báo ở trên, sửa rồi chạy lại.' "$code"
fi
xdg-open "$here/MO-KET-QUA-MOI-NHAT.html" >/dev/null 2>&1 ||
    printf 'Mở %s để xem kết quả.\n' "$here/MO-KET-QUA-MOI-NHAT.html"
exit "$code"
