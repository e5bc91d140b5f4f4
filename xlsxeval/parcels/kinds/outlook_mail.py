"""Mails saved by Outlook (.msg), which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind(
    "Outlook 的邮件",
    suffixes=(".msg",),
    advice="是 Outlook 的邮件（.msg），打不开；请另存为 .eml，或把附件另存出来",
)
