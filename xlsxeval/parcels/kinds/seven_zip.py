"""Archives of 7-Zip, which nothing here opens."""

from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("7z 压缩包", suffixes=(".7z",), magic=b"7z\xbc\xaf\x27\x1c", is_archive=True)
