"""Files compressed by gzip, which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("gzip 压缩包", suffixes=(".gz", ".tgz"), magic=b"\x1f\x8b", is_archive=True)
