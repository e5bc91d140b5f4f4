Unicode true
Target amd64-unicode
SetDateSave off
SetCompressor /SOLID lzma
!include MUI2.nsh

Name "绩效自评"
OutFile "@OUT@"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\绩效自评"
InstallDirRegKey HKCU "Software\xlsxeval" "Folder"
BrandingText "绩效自评 @VERSION@"
VIProductVersion "@FILE_VERSION@"
VIAddVersionKey /LANG=2052 "ProductName" "绩效自评"
VIAddVersionKey /LANG=2052 "FileDescription" "绩效自评 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "@VERSION@"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\绩效自评.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开绩效自评"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; An interpreter that runs keeps its file open: it cannot be opened for writing then.
!macro RequireClosed
  again:
  IfFileExists "$INSTDIR\python\pythonw.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\python\pythonw.exe" a
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "工作台还开着。请在它的页面上按“退出”，再按“重试”。" IDRETRY again
  Abort
  free:
  FileClose $0
  closed:
!macroend

; The program's own folders, and nothing else: what somebody put beside them stays.
!macro RemoveProgram
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\许可"
  FindFirst $0 $1 "$INSTDIR\app-*"
  more:
  StrCmp $1 "" done
  RMDir /r "$INSTDIR\$1"
  FindNext $0 $1
  Goto more
  done:
  FindClose $0
!macroend

Section
  !insertmacro RequireClosed
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "@FOLDER@/*"
  WriteUninstaller "$INSTDIR\卸载.exe"
  CreateShortcut "$SMPROGRAMS\绩效自评.lnk" "$INSTDIR\绩效自评.exe"
  CreateShortcut "$DESKTOP\绩效自评.lnk" "$INSTDIR\绩效自评.exe"
  WriteRegStr HKCU "Software\xlsxeval" "Folder" "$INSTDIR"
  !define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\xlsxeval"
  WriteRegStr HKCU "${KEY}" "DisplayName" "绩效自评"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "@VERSION@"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\卸载.exe"'
SectionEnd

Section Uninstall
  !insertmacro RequireClosed
  !insertmacro RemoveProgram
  Delete "$INSTDIR\绩效自评.exe"
  Delete "$INSTDIR\xlsxeval.exe"
  Delete "$INSTDIR\备用启动.cmd"
  Delete "$INSTDIR\先读我.txt"
  Delete "$INSTDIR\清单.txt"
  Delete "$INSTDIR\卸载.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\绩效自评.lnk"
  Delete "$DESKTOP\绩效自评.lnk"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\xlsxeval"
  DeleteRegKey HKCU "Software\xlsxeval"
SectionEnd
