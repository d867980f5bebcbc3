"""Reports on a rulebook. They describe it and find no problems."""
