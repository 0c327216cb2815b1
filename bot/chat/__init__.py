"""The front door: everything python-telegram-bot."""
