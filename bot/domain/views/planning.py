"""What is shown: what will go out, holding it, pauses and reminders by hand."""
