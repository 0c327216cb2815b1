"""The stage: our own Bot API emulator, its chat page and terminal. Bots are driven over the Bot API only."""
