@echo off
rem Nhay dup tep nay de tong hop phieu cua cac truong va mo ket qua moi nhat.
rem May khong co chuong trinh: chep cds.exe vao canh tep nay.
chcp 65001 >nul
title Tong hop muc do chuyen doi so
set "CDS="
if exist "%~dp0cds.exe" set "CDS=%~dp0cds.exe"
if not defined CDS for %%I in (cds.exe) do set "CDS=%%~$PATH:I"
if not defined CDS if exist "{program}" set "CDS={program}"
if not defined CDS (
  echo Chưa thấy chương trình cds.exe. Chép cds.exe vào cạnh tệp này rồi nháy đúp lại.
  pause
  exit /b 2
)
"%CDS%" run "%~dp0."
set "MA=%errorlevel%"
if %MA% GEQ 2 (
  echo.
  echo Chưa có kết quả mới. Xem lời báo ở trên, sửa rồi nháy đúp lại.
  pause
  exit /b %MA%
)
if not %MA% GEQ 0 (
  echo.
  echo Chương trình dừng giữa chừng. Nháy đúp lại; nếu vẫn lỗi, khởi động lại máy.
  pause
  exit /b %MA%
)
start "" "%~dp0MO-KET-QUA-MOI-NHAT.html"
exit /b %MA%
