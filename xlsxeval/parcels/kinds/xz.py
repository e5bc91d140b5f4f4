"""Files compressed by xz, which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("xz 压缩包", suffixes=(".xz", ".txz"), magic=b"\xfd7zXZ", is_archive=True)
