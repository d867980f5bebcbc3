"""Let `python -m webapp` do what the command `discussion-guide` does."""

from webapp.cli import main

main()
