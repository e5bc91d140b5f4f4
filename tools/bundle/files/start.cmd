@echo off
rem Starts the desk with the signed interpreter, for machines that stop programs without a signature.
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
for %%F in (pythonw.exe python313.dll python313.zip python313._pth vcruntime140.dll start.py) do if not exist "%HERE%python\%%F" goto missing
start "" "%HERE%python\pythonw.exe" "%HERE%python\start.py" %*
exit /b 0
:missing
echo.
echo   绩效自评没有打开：文件夹里少了程序文件（python 文件夹不完整）。
echo   多半是没有解压完，或者杀毒软件隔离了文件。
echo   请把压缩包全部解压到一个新文件夹，再从那里打开；或在杀毒软件的隔离区里恢复。
echo.
pause
exit /b 2
