"""What a network of people asks while the bot is killed, and the ledger that finds what was lost."""
