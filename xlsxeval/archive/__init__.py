"""The archive (存档): every received file's bytes, kept first, under the name of their own SHA-256, before anything is read.

For those who use it::

    archive = Archive(campaign_folder / ".xlsxeval" / FOLDER)
    archive.tidy()                   # leftovers of killed runs; only while holding Ledger.run()
    sha256 = archive.store(data)     # on the disk when it returns; storing again changes nothing
    sha256 in archive; archive.read(sha256); archive.path(sha256); list(archive)
    archive.verify()                 # list[Damage]: what was damaged from outside

Nothing is ever overwritten or deleted. Errors: StorageError (disk full, no right to write, missing, damaged).
"""

from xlsxeval.archive.archive import FOLDER, Archive, Damage

__all__ = ["FOLDER", "Archive", "Damage"]
