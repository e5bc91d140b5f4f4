"""Files compressed by bzip2, which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("bzip2 压缩包", suffixes=(".bz2", ".tbz"), magic=b"BZh", is_archive=True)
