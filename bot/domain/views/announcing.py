"""What is shown: an announcement on its way: progress, report, correction, withdrawal, team groups."""
