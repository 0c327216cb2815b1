"""What is shown: the pulse of a cycle."""
