from katalysator.cli import main

main()
