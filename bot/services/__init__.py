"""The workshop: one function per thing a person can ask for, each run as one unit of work."""
