"""N120 and on: what was changed in a report that people edited in Word, against the workbook it was made from."""
