"""Archives of rar, which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("rar 压缩包", suffixes=(".rar",), magic=b"Rar!", is_archive=True)
