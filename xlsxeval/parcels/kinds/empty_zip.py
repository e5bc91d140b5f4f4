"""Zip archives without members, which begin with the end of their directory."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("空的 zip 压缩包", magic=b"PK\x05\x06", is_archive=True)
