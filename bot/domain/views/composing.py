"""What is shown: writing an announcement and choosing its audience."""
