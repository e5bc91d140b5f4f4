"""Published reports as files: Word, web page, workbook, PDF → paragraphs and tables whose cells know their place."""
