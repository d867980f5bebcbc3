"""Reports on a rulebook: what is in it, and what is due. None of it is a fault."""
