"""The attachments of a mail in Outlook's own packing (winmail.dat), which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind(
    "Outlook 打包的附件",
    suffixes=("winmail.dat",),
    advice="是 Outlook 打包的附件（winmail.dat），打不开；请对方改用“纯文本”或“HTML”格式再发一次",
)
