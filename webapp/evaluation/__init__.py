"""What follows from a set of answers."""
