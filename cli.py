from xlsxeval.cli import main

main()
