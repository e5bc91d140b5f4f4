"""One file, or the files of one unit → a verdict; what was judged before, and what each verdict rests on."""
