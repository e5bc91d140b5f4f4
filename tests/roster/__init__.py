"""名册.xlsx: written, filled in as people do, read back; every fault at its cell."""
